import type { Control, Decision, DecisionState, Outcome } from '../evidence/types.ts';
import type { Verdict } from '../verdict.ts';
import { capped, leftOut, MOST_REPEATED } from './cap.ts';
import { sha256, uuid } from './hash.ts';
import { jsonText } from './json.ts';
import type { Model } from './model.ts';
import { oneLine, shorten, visible } from './text.ts';
import { fileUri } from './uri.ts';
import { found, where } from './words.ts';

/** Longest text of a rule that GitHub's code scanning takes. */
const LONGEST_RULE_TEXT = 1_000;
const LONGEST_MESSAGE = 4_000;

/**
 * Levels of the verdicts that are results. What is not assessable is `fail` at level `note`: of any other kind the level would have to be
 * `none` (SARIF 2.1.0, section 3.27.10), and readers of the file would drop it.
 */
const LEVELS: Partial<Record<Verdict, 'error' | 'note'>> = { FAIL: 'error', ERROR: 'error', ACCEPTED: 'error', UNKNOWN: 'note' };

const SUPPRESSION_STATUS: Readonly<Record<DecisionState, 'accepted' | 'underReview' | 'rejected'>> = { approved: 'accepted', proposed: 'underReview', expired: 'rejected', invalid: 'rejected', unused: 'rejected' };

/** What fails, broke, is accepted or cannot be told, as a SARIF 2.1.0 log. */
export function sarif(model: Model): string {
  const { evidence, controls } = model;
  const indexes = new Map(controls.map(({ control }, index) => [control.id, index]));
  const files = [...new Map(evidence.templates.map((template) => [fileUri(template.file), template]))];
  const perControl = controls.map(({ control, outcomes }) => ({ control, ...capped(outcomes.filter(({ verdict }) => LEVELS[verdict] !== undefined), MOST_REPEATED) }));
  const shown = new Set(perControl.flatMap((each) => each.shown));
  const results = evidence.outcomes.filter((outcome) => shown.has(outcome));
  const notifications = perControl.filter(({ left }) => left > 0).map(({ control, left }) => ({ level: 'note', message: { text: message(`${control.id} gave ${leftOut(left)}`, LONGEST_MESSAGE) } }));
  const seen = new Map<string, number>();
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Compliance evidence', version: oneLine(evidence.release), rules: controls.map(({ control }) => rule(control)) } },
        automationDetails: { id: `compliance/${encodeURIComponent(evidence.name.toWellFormed())}/` },
        invocations: [{ executionSuccessful: model.counts.ERROR === 0, ...(notifications.length > 0 && { toolExecutionNotifications: notifications }) }],
        artifacts: files.map(([uri, { sha256 }]) => ({ location: { uri }, roles: ['analysisTarget'], hashes: { 'sha-256': sha256 } })),
        results: results.map((outcome) => result(outcome, model, { index: indexes.get(outcome.control) ?? -1, files: files.map(([uri]) => uri), again: repeated(seen, outcome) })),
        properties: { environment: evidence.name, ...(evidence.commit !== undefined && { commit: evidence.commit }), judgedAt: evidence.at },
      },
    ],
  });
}

function rule({ id, framework, title, info, explanation, references, version }: Control): object {
  const text = (words: string): { text: string } => ({ text: message(words, LONGEST_RULE_TEXT) || id });
  return {
    id,
    shortDescription: text(title),
    fullDescription: text(info || title),
    help: text(explanation || info || title),
    defaultConfiguration: { level: 'error' },
    properties: { tags: [...new Set([framework, ...references].map(oneLine))].slice(0, 10), version },
  };
}

function result(outcome: Outcome, model: Model, at: { readonly index: number; readonly files: readonly string[]; readonly again: string }): object {
  const { title } = model.control(outcome);
  const identity = sha256(`${JSON.stringify(identityOf(outcome))}${at.again}`);
  const decision = model.decision(outcome);
  return {
    ruleId: outcome.control,
    ...(at.index >= 0 && { ruleIndex: at.index }),
    guid: uuid('result', model.evidence.name, identity),
    kind: 'fail',
    level: LEVELS[outcome.verdict],
    message: { text: message([`${title} ${where(outcome)}.`, found(outcome)].join(' '), LONGEST_MESSAGE) },
    locations: locations(outcome, model, at.files),
    partialFingerprints: { primaryLocationLineHash: `${identity.slice(0, 16)}:1`, 'evidence/v1': identity },
    ...(outcome.verdict === 'ACCEPTED' && { suppressions: [suppression(decision, outcome)] }),
    properties: { verdict: outcome.verdict, ...(outcome.property !== undefined && { property: outcome.property }) },
  };
}

function suppression(decision: Decision | undefined, { decision: id }: Outcome): object {
  if (decision === undefined) return { kind: 'external', status: 'rejected', justification: `There is no decision "${visible(id ?? '')}".` };
  const { owner, approver, expires, state, ticket } = decision;
  return {
    kind: 'external',
    status: SUPPRESSION_STATUS[state],
    justification: shorten(visible(`${decision.justification} Instead: ${decision.compensatingControl}`), LONGEST_MESSAGE),
    properties: { decision: decision.id, state, owner, approver, expires, ...(ticket !== undefined && { ticket }) },
  };
}

/** The template, and in it the construct. Readers of the file demand a region; which line it is the evidence does not know, so it is the first. */
function locations(outcome: Outcome, model: Model, files: readonly string[]): object[] {
  const file = model.template(outcome)?.file ?? model.evidence.templates[0]?.file;
  const uri = file === undefined ? undefined : fileUri(file);
  const physical = uri === undefined ? {} : { physicalLocation: { artifactLocation: { uri, index: files.indexOf(uri) }, region: { startLine: 1 } } };
  const { place } = outcome;
  const logical = place === undefined ? {} : { logicalLocations: [{ name: place.logicalId, fullyQualifiedName: place.path, kind: 'resource' }] };
  return uri === undefined && place === undefined ? [] : [{ ...physical, ...logical }];
}

/** Text of a message: braces doubled (section 3.11.5), and no bracket that a parenthesis turns into a link (section 3.11.6). */
function message(text: string, longest: number): string {
  return shorten(visible(text), longest).replaceAll(/[{}]/g, '$&$&').replaceAll('](', '] (');
}

function identityOf({ control, place, part, property }: Outcome): unknown[] {
  return [control, place?.stack, place?.path, place?.logicalId, part, property];
}

/** Empty for the first outcome of an identity, a number for each further one. */
function repeated(seen: Map<string, number>, outcome: Outcome): string {
  const key = JSON.stringify(identityOf(outcome));
  const times = seen.get(key) ?? 0;
  seen.set(key, times + 1);
  return times === 0 ? '' : `#${times}`;
}
