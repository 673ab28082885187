import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportViews } from '../../../../lib/compliance/report/views.ts';
import { STORE_TYPES } from '../../../../lib/compliance/rules/stores.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { readSvg } from './svg-check.ts';
import { arn, RICH, SAMPLE, tags, view } from './view.ts';

const boxes = ({ dataFlowSvg }: Required<ReportViews>): string[] => readSvg(dataFlowSvg).flatMap(({ attributes }) => attributes['data-box'] ?? []);
const drawnWays = ({ dataFlowSvg }: Required<ReportViews>): number[] => readSvg(dataFlowSvg).flatMap(({ attributes }) => (attributes['data-way'] === undefined ? [] : [Number(attributes['data-way'])]));
const isStore = (resource: Json): boolean => (STORE_TYPES as readonly string[]).includes((resource as { Type: string }).Type);

/** Ways out of the sample, by what names them: written by hand. A method whose function is not there may call anything. */
const waysOfSample = (ids: readonly string[]): string[] => [
  ...(ids.includes('Mail') ? ['Mail > in.mailer.example'] : []),
  ...(ids.includes('Chat') ? ['Chat > far.example', 'Chat > nobody.example'] : []),
  ...(ids.includes('ChatRole') ? ['ChatRole > Bedrock amazon.nova-lite-v1:0'] : []),
  ...(ids.includes('Post') && !ids.includes('Chat') ? ['Post > not known: path/2015-03-31/functions/<unknown>/invocations: the parameter Chat.Arn'] : []),
];

/** Every store and every way out that is expected stands exactly once in each view, and nothing else does. */
function holdsAll(resources: Readonly<Record<string, Json>>, expected: readonly string[]): void {
  const views = view(resources);
  const stores = Object.keys(resources).filter((id) => isStore(resources[id] ?? null)).toSorted();
  const keys = Object.keys(resources).filter((id) => (resources[id] as { Type: string }).Type === 'AWS::KMS::Key');
  expect(views.encryption.map(({ store }) => store).toSorted()).toEqual(stores);
  expect(views.processingRecords.flatMap((record) => record.stores).toSorted()).toEqual(stores);
  expect(views.accessMatrix.stores.map(({ id }) => id).toSorted()).toEqual([...stores, ...keys].toSorted());
  const all = boxes(views);
  const drawn = all.filter((box) => box.startsWith('in:')).map((box) => box.slice(3));
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(drawn.filter((id) => isStore(resources[id] ?? null)).toSorted()).toEqual(stores);
  expect(drawn.filter((id) => resources[id] === undefined)).toEqual([]);

  expect(views.egress.map(({ from, to }) => `${from} > ${to}`).toSorted()).toEqual(expected.toSorted());
  expect(drawnWays(views).toSorted((a, b) => a - b)).toEqual(views.egress.map((_, index) => index));
  expect(all.filter((box) => box.startsWith('out:')).toSorted()).toEqual([...new Set(views.egress.map(({ to }) => `out:${to}`))].toSorted());
  const ends = readSvg(views.dataFlowSvg).filter(({ attributes }) => attributes['data-to'] !== undefined);
  expect(ends.filter(({ attributes }) => !all.includes(attributes['data-to'] ?? ''))).toEqual([]);
}

describe('what a report derives from the templates', () => {
  it('holds every store and every way out once, and nothing else', () => {
    holdsAll(SAMPLE, waysOfSample(Object.keys(SAMPLE)));
    const everyType = Object.fromEntries(STORE_TYPES.map((Type, index): [string, Json] => [`Store${index}`, { Type }]));
    holdsAll(everyType, []);
    expect(view(everyType).encryption).toHaveLength(STORE_TYPES.length);
  });

  it('holds them for any part of an estate', () => {
    fc.assert(fc.property(fc.subarray(Object.keys(SAMPLE)), (ids) => holdsAll(Object.fromEntries(ids.map((id) => [id, SAMPLE[id] ?? null])), waysOfSample(ids))), { numRuns: 40 });
  });

  it('holds them for an estate whose data leaves on every kind of way', () => {
    holdsAll(RICH, [
      'Rule > account 999999999999: event-bus/default', 'Rule > own account in us-east-1: event-bus/far', 'Rule > not known: Ref "Target"',
      'Pipe > account 999999999999: q', 'Nightly > account 999999999999: function:x', 'Filter > account 999999999999: destination:siem',
      'Sub > account 999999999999: function:y', 'Items > account 999999999999: stream/changes', 'Files > account 999999999999: copies', 'Trail > not known: a-bucket: the name of a bucket tells neither its account nor its region',
      'Files > account 999999999999: may read it', 'Items > account 999999999999: may read it', 'Key > account 999999999999: may read it', 'Partner > account 999999999999: may read it',
      'Global > Copy 2 of it: us-east-1', 'Fn > api.vendor.example', 'Fn > Bedrock us.amazon.nova-lite-v1:0', 'FnRole > Bedrock us.amazon.nova-lite-v1:0',
    ]);
  });

  it('draws each way out as an arrow from a box, also where the template does not say who uses it', () => {
    const views = view({ Setting: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'https://far.example' } }, Table: { Type: 'AWS::DynamoDB::Table' } });
    const arrow = readSvg(views.dataFlowSvg).find(({ attributes }) => attributes['data-way'] === '0');
    expect(arrow?.attributes).toMatchObject({ 'data-from': 'in:Setting', 'data-to': 'out:far.example' });
    expect(views.processingRecords[0]?.recipients).toEqual(['Far (far.example)']);
  });

  it('draws routes, event sources, rights and keys', () => {
    const flows = readSvg(view(SAMPLE).dataFlowSvg).filter(({ attributes }) => attributes['data-to'] !== undefined).map(({ attributes: { class: kind, 'data-from': from = '', 'data-to': to = '' } }) => `${kind?.replace('flow ', '')} ${from.replace('in:', '')} ${to.replace('in:', '')}`);
    expect(flows.toSorted()).toEqual([
      'data Api Chat', 'data Chat Conversations', 'data Chat Turns', 'data Conversations BlindRole', 'data Conversations Chat', 'data Metrics Worker', 'data Turns Worker', 'data people Api',
      'key Conversations Key',
      'out Chat out:Bedrock amazon.nova-lite-v1:0', 'out Chat out:far.example', 'out Chat out:nobody.example', 'out Topic out:in.mailer.example',
    ]);
  });

  it('gives the same twice', () => {
    expect(JSON.stringify(view(SAMPLE))).toBe(JSON.stringify(view(SAMPLE)));
  });

  it('says little of an empty estate', () => {
    const { accessMatrix, egress, encryption, processingRecords, dataFlowSvg } = view({});
    expect([accessMatrix.cells, accessMatrix.readers, egress, encryption, processingRecords]).toEqual([[], [], [], [], []]);
    expect(boxes({ dataFlowSvg } as Required<ReportViews>)).toEqual([]);
  });

  it('holds them for an estate of two hundred resources', () => {
    const resources = Object.fromEntries(Array.from({ length: 50 }, (_, index): [string, Json][] => [[`Table${index}`, { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('conversation', `purpose ${index % 9}`) } }], [`Role${index}`, { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: arn(`Table${index}`) } } }] } }], [`Fn${index}`, { Type: 'AWS::Lambda::Function', Properties: { Role: arn(`Role${index}`), Environment: { Variables: { URL: `https://h${index}.example` } } } }], [`Logs${index}`, { Type: 'AWS::Logs::LogGroup' }]]).flat());
    holdsAll(resources, Array.from({ length: 50 }, (_, index) => `Fn${index} > h${index}.example`));
  });
});
