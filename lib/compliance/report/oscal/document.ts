import type { Place } from '../../evidence/types.ts';
import { uuid } from '../hash.ts';
import { jsonText } from '../json.ts';
import type { Model } from '../model.ts';
import { fileUri } from '../uri.ts';
import { finding, idsOf, observation, risk } from './results.ts';
import { line, plain, props, prose, token } from './text.ts';

/** The evidence as OSCAL 1.2.1 assessment results. */
export function oscal(model: Model): string {
  const { evidence } = model;
  const plan = uuid('plan', evidence.name);
  return jsonText({
    'assessment-results': {
      uuid: uuid('document', evidence.name, model.digest),
      metadata: {
        title: line(`Compliance evidence of ${evidence.name}`),
        'last-modified': evidence.at,
        version: plain(evidence.release),
        'oscal-version': '1.2.1',
        ...props(['commit', evidence.commit], ['environment', evidence.name]),
      },
      'import-ap': { href: `#${plan}` },
      results: [result(model)],
      'back-matter': { resources: [{ uuid: plan, title: 'Assessment plan', description: 'Every rule of the packs listed as reviewed controls is run over every template of the environment, after all aspects.' }, ...templates(model)] },
    },
  });
}

function result(model: Model): object {
  const { evidence, controls } = model;
  const ids = idsOf(model);
  const judged = controls.filter(({ outcomes }) => outcomes.length > 0);
  const places = new Map(evidence.outcomes.flatMap(({ place }) => (place === undefined ? [] : [[ids.subject(place), place] as const])));
  const decisions = [...new Map(evidence.decisions.toReversed().map((decision) => [decision.id, decision])).values()].toReversed();
  return {
    uuid: uuid('result', evidence.name, model.digest),
    title: line(`Rules over the templates of ${evidence.name}`),
    description: 'What the templates support, contradict or do not tell. It does not say that a service complies.',
    start: evidence.at,
    end: evidence.at,
    ...props(...evidence.unexamined.map(({ type }) => ['unexamined-type', type] as const)),
    ...(places.size > 0 && {
      'local-definitions': { 'inventory-items': [...places].map(([id, place]) => item(id, place)) },
    }),
    'reviewed-controls': { 'control-selections': [selection(judged.map(({ control }) => token(control.id)))] },
    ...(evidence.outcomes.length > 0 && { observations: evidence.outcomes.filter(ids.isShown).map((outcome) => observation(outcome, model, ids)) }),
    ...(decisions.length > 0 && { risks: decisions.map((decision) => risk(decision, model, ids)) }),
    ...(judged.length > 0 && { findings: judged.map((control) => finding(control, model, ids)) }),
  };
}

function item(id: string, { stack, logicalId, type, path }: Place): object {
  return { uuid: id, description: prose(path), ...props(['stack', stack], ['logical-id', logicalId], ['resource-type', type]) };
}

/** The schema demands a selection even where nothing was judged. */
function selection(ids: readonly string[]): object {
  return ids.length === 0 ? { description: 'No rule judged anything.', 'include-all': {} } : { 'include-controls': ids.map((id) => ({ 'control-id': id })) };
}

function templates({ evidence }: Model): object[] {
  return evidence.templates.map(({ stack, file, sha256 }, at) => ({
    uuid: uuid('template', evidence.name, stack, file, String(at)),
    title: line(`Template of ${stack}`),
    rlinks: [{ href: fileUri(file), 'media-type': 'application/json', hashes: [{ algorithm: 'SHA-256', value: plain(sha256) }] }],
  }));
}
