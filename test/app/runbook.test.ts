import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../lambda/contracts/metrics.ts';
import { templatesOf } from '../support/assembly.ts';
import { ENVIRONMENTS, ROOT } from '../support/paths.ts';
import { alarmsIn, anchorsOf, chaptersOf, hearersOf, namesIn, textsIn } from '../support/runbook.ts';

const FILE = 'docs/runbook.md';
const runbook = readFileSync(join(ROOT, FILE), 'utf8');
const chapters = chaptersOf(runbook);
const PARTS = ['What the user feels.', 'What it means.', 'Look at.', 'First.', 'Then.', 'Over when.', 'Do not.'];

describe.each(ENVIRONMENTS)('alarms of %s', (environment) => {
  it('are there', async () => {
    expect(alarmsIn(await templatesOf(environment)).length).toBeGreaterThan(20);
  });

  it('register name, severity, user impact, chapter and what no data means', async () => {
    for (const { id, registration } of alarmsIn(await templatesOf(environment))) {
      expect(registration, id).toEqual({
        name: expect.stringMatching(/^[a-z0-9-]+$/),
        severity: expect.stringMatching(/^(page|ticket)$/),
        userImpact: expect.stringMatching(/^[A-Z].+\.$/),
        runbook: expect.stringMatching(/^docs\/runbook\.md#[a-z0-9-]+$/),
        missingData: expect.stringMatching(/\.$/),
      });
    }
  });

  it('reach somebody, when they go off and when they are over', async () => {
    const templates = await templatesOf(environment);
    for (const { id, stack, properties } of alarmsIn(templates)) {
      expect(properties.ActionsEnabled, id).not.toBe(false);
      for (const actions of [properties.AlarmActions, properties.OKActions]) {
        expect(actions?.length, id).toBeGreaterThan(0);
        for (const action of actions) expect(hearersOf(action, stack, templates), `${id}: ${JSON.stringify(action)}`).not.toEqual([]);
      }
    }
  });

  it('have a chapter that names them and says what the user feels', async () => {
    for (const { registration } of alarmsIn(await templatesOf(environment))) {
      const chapter = registration.runbook.slice(`${FILE}#`.length);
      expect([...chapters.keys()]).toContain(chapter);
      expect(chapters.get(chapter)).toContain(registration.userImpact);
      // An alarm that shares its chapter is named in it.
      if (chapter !== registration.name) expect(chapters.get(chapter)).toContain(`\`${registration.name}\``);
    }
  });
});

describe('the runbook', () => {
  it('has no chapter without an alarm in prod', async () => {
    const used = new Set(alarmsIn(await templatesOf('prod')).map(({ registration }) => registration.runbook.slice(`${FILE}#`.length)));
    expect([...chapters.keys()].filter((chapter) => !used.has(chapter))).toEqual([]);
  });

  it.each([...chapters.keys()])('says in %s what is felt, meant, looked at, done first and then, when it is over, what not to do', (chapter) => {
    const text = chapters.get(chapter) ?? '';
    const places = PARTS.map((part) => text.indexOf(`**${part}**`));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('uses only names that the templates of prod have', async () => {
    const templates = await templatesOf('prod');
    const prefix = 'chatbot-prod';
    const known = [...textsIn(templates), ...Object.keys(templates).map((stack) => `${prefix}-${stack.toLowerCase()}`)];
    const names = namesIn(runbook, prefix);
    expect(names.size).toBeGreaterThan(15);
    expect([...names].filter((name) => !known.some((text) => text === name || text.endsWith(`/${name}`)))).toEqual([]);
  });

  it('asks only for metrics of ours that are published', () => {
    const asked = [...runbook.matchAll(/metric "Chatbot\/\$PREFIX" (\w+)/g)].map(([, name]) => name);
    // Each names the estate: without its prefix there is nothing.
    expect(runbook).not.toMatch(/metric "?Chatbot[" ]/);
    expect(asked.length).toBeGreaterThan(0);
    for (const name of asked) expect(Object.values(METRICS)).toContain(name);
  });

  it('links to headings that exist', () => {
    const anchors = anchorsOf(runbook);
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});

describe('what the runbook is checked with', () => {
  const topic = { Type: 'AWS::SNS::Topic' };
  const subscription = { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Page' }, Endpoint: 'on-call@example.com' } };
  const across = { 'Fn::GetStackOutput': { StackName: 'x-data', OutputName: 'PageOut' } };
  const withSubscriber = { Data: { Resources: { Page: topic, One: subscription }, Outputs: { PageOut: { Value: { Ref: 'Page' } } } }, Service: { Resources: {} } };
  const without = { ...withSubscriber, Data: { ...withSubscriber.Data, Resources: { Page: topic } } };

  it('finds the subscriber of a topic in the same stack and in another one', () => {
    expect(hearersOf({ Ref: 'Page' }, 'Data', withSubscriber)).toEqual(['One']);
    expect(hearersOf(across, 'Service', withSubscriber)).toEqual(['One']);
  });

  it('finds none where nobody listens, or where the action is no topic', () => {
    expect(hearersOf({ Ref: 'Page' }, 'Data', without)).toEqual([]);
    expect(hearersOf(across, 'Service', without)).toEqual([]);
    expect(hearersOf({ Ref: 'One' }, 'Data', withSubscriber)).toEqual([]);
    expect(hearersOf({ 'Fn::GetStackOutput': { OutputName: 'Other' } }, 'Service', withSubscriber)).toEqual([]);
  });

  it('takes a topic that was brought as heard', () => {
    expect(hearersOf('arn:aws:sns:eu-central-1:111122223333:on-call', 'Data', without)).toEqual(['brought']);
  });

  it('reads only headings in lower case with hyphens as chapters', () => {
    expect([...chaptersOf('# A\n## one-alarm\ntext\n## Not one\n### sub\n# B\n## two\n').entries()]).toEqual([['one-alarm', '## one-alarm\ntext\n'], ['two', '## two\n']]);
  });
});
