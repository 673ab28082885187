import { beforeAll, describe, expect, it } from 'vitest';
import { readTemplates } from '../../../bin/assembly.ts';
import type { Template } from '../../../bin/assembly.ts';
import { BOXES } from '../../../bin/diagram/boxes.ts';
import { at, estateOf, listAt } from '../../../bin/diagram/estate.ts';
import { roleOf, statementsOf } from '../../../bin/diagram/permissions.ts';
import { pictureOf } from '../../../bin/diagram/picture.ts';
import type { Picture } from '../../../bin/diagram/picture.ts';
import type { Json } from '../../support/assembly.ts';
import { ASSEMBLY, ENVIRONMENTS } from '../../support/paths.ts';

/** Functions, and whatever keeps data. */
const MUST_BE_DRAWN = /^AWS::(Lambda::Function|DynamoDB::.*Table|SecretsManager::Secret|KMS::Key|S3::Bucket|SQS::Queue|SNS::Topic|Events::EventBus|Cognito::UserPool|CloudTrail::Trail|Bedrock::Guardrail|WAFv2::WebACL|ApiGateway::RestApi|CloudWatch::Alarm)$/;

const arrows = (picture: Picture): string[] => picture.edges.map(({ from, to }) => `${from}>${to}`).toSorted((a, b) => a.localeCompare(b));
const factsOf = (picture: Picture, id: string): readonly string[] | undefined => picture.boxes.find(({ kind }) => kind.id === id)?.facts;

/** The templates with every resource passed through a change; `undefined` takes it out. */
function changed(templates: ReadonlyMap<string, Template>, change: (resource: Json, id: string) => Json): Map<string, Template> {
  const copy = structuredClone(new Map(templates));
  for (const template of copy.values()) {
    const kept = Object.entries(template.Resources).map(([id, resource]): [string, Json] => [id, change(resource, id)]);
    Object.assign(template, { Resources: Object.fromEntries(kept.filter(([, resource]) => resource !== undefined)) });
  }
  return copy;
}

describe.each(ENVIRONMENTS)('the picture of %s', (environment) => {
  let templates: ReadonlyMap<string, Template>;
  let picture: Picture;
  beforeAll(async () => {
    templates = await readTemplates(ASSEMBLY, environment);
    picture = pictureOf(environment, templates);
  });

  it('has at most fifteen boxes, each with resources and facts', () => {
    expect(picture.boxes.length).toBeLessThanOrEqual(15);
    for (const { kind, resources, facts } of picture.boxes) {
      expect(resources, kind.id).not.toEqual([]);
      expect(facts.length, kind.id).toBeGreaterThan(0);
      expect(facts.join(' '), kind.id).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('puts every function and store into exactly one box', () => {
    const { resources } = estateOf(templates);
    const owners = resources.map((resource) => ({ resource, ids: BOXES.filter(({ owns }) => owns(resource)).map(({ id }) => id) }));
    expect(owners.filter(({ ids }) => ids.length > 1).map(({ resource }) => resource.key)).toEqual([]);
    expect(owners.filter(({ resource, ids }) => MUST_BE_DRAWN.test(resource.type) && ids.length === 0).map(({ resource }) => resource.key)).toEqual([]);
  });

  it('draws arrows between boxes that are there', () => {
    const there = new Set(picture.boxes.map(({ kind }) => kind.id));
    expect(picture.edges.filter(({ from, to }) => !there.has(from) || !there.has(to))).toEqual([]);
  });

  it('leaves no function without an arrow', () => {
    const linked = new Set(picture.edges.flatMap(({ from, to }) => [from, to]));
    expect(picture.boxes.filter(({ kind }) => kind.boundary === 'functions' && !linked.has(kind.id))).toEqual([]);
  });

  it('says only that of the functions which is so: each has a role of its own', () => {
    const estate = estateOf(templates);
    const roles = estate.resources.filter(({ type }) => type === 'AWS::Lambda::Function').map(({ properties, stack }) => estate.referred(properties['Role'], stack)[0]?.key);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('draws, or says that it does not draw, all that policies allow', () => {
    const hidden = new Set(estateOf(templates).resources.flatMap(statementsOf).flatMap(({ actions }) => actions).filter((action) => roleOf(action) === 'not drawn').map((action) => action.split(':')[0]));
    expect([...hidden].filter((service) => !['logs', 'xray', 'lambda', 'codedeploy', 'cloudwatch'].includes(service ?? ''))).toEqual([]);
  });
});

describe('the picture of prod', () => {
  let templates: ReadonlyMap<string, Template>;
  let picture: Picture;
  beforeAll(async () => {
    templates = await readTemplates(ASSEMBLY, 'prod');
    picture = pictureOf('prod', templates);
  });

  it("shows a conversation's path from the customer to the stores, the key and the model", () => {
    const bold = picture.edges.filter((edge) => edge.bold).map(({ from, to }) => `${from}>${to}`);
    expect(new Set(bold)).toEqual(new Set(['client>firewall', 'firewall>api', 'api>chat', 'chat>conversations', 'chat>subject-keys', 'chat>kms', 'chat>model']));
  });

  it('counts what the templates hold', () => {
    const { resources } = estateOf(templates);
    const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
    const routes = resources.filter(({ type, properties }) => type === 'AWS::ApiGateway::Method' && properties['HttpMethod'] !== 'OPTIONS');
    expect(factsOf(picture, 'operations')?.[0]).toBe(`${alarms.length} alarms → page, ticket`);
    expect(factsOf(picture, 'api')?.[0]).toMatch(new RegExp(`^${routes.length} routes, `));
    expect(picture.edges.find(({ from, to }) => from === 'api' && to === 'chat')?.label).toBe(`${routes.filter(({ properties }) => at(properties, 'Integration', 'ResponseTransferMode') === 'STREAM').length} routes`);
  });

  it('goes straight to the API when nothing associates the firewall', () => {
    const open = pictureOf('prod', changed(templates, (resource) => (resource.Type === 'AWS::WAFv2::WebACLAssociation' ? undefined : resource)));
    expect(arrows(open)).toContain('client>api');
    expect(arrows(open)).not.toContain('firewall>api');
  });

  it('loses the arrow that a policy no longer allows, and no other', () => {
    const without = changed(templates, (resource, id) => {
      if (!id.startsWith('ChatPolicy')) return resource;
      const document = resource.Properties.PolicyDocument;
      document.Statement = document.Statement.filter((statement: Json) => !listAt(statement, 'Action').includes('dynamodb:BatchGetItem') || listAt(statement, 'Action').includes('dynamodb:Query'));
      return resource;
    });
    expect(arrows(pictureOf('prod', without))).toEqual(arrows(picture).filter((arrow) => arrow !== 'chat>subject-keys'));
  });

  it('shows an access that nobody foresaw', () => {
    const more = changed(templates, (resource, id) => {
      if (id.startsWith('PagesPolicy')) resource.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'dynamodb:ExportTableToPointInTime', Resource: { 'Fn::GetStackOutput': { StackName: 'other', OutputName: outputOf(templates, 'StoreConversations', 'Arn') } } });
      return resource;
    });
    expect(arrows(pictureOf('prod', more))).toContain('pages>conversations');
  });

  it.each([
    ['AWS::Lambda::EventSourceMapping', 'conversations>events'],
    ['AWS::CloudTrail::Trail', 'conversations>audit'],
    ['AWS::ApiGateway::Authorizer', 'api>authorizer'],
    ['AWS::ApiGateway::Method', 'api>chat'],
  ])('takes from %s the arrow %s', (type, arrow) => {
    expect(arrows(picture)).toContain(arrow);
    expect(arrows(pictureOf('prod', changed(templates, (resource) => (resource.Type === type ? undefined : resource))))).not.toContain(arrow);
  });

  it('marks what alarms watch and what customer keys protect', () => {
    const plain = pictureOf('prod', changed(templates, (resource) => (resource.Type === 'AWS::CloudWatch::Alarm' ? undefined : resource)));
    expect(plain.boxes.every(({ alarms }) => alarms === 0)).toBe(true);
    expect(picture.boxes.filter(({ alarms }) => alarms > 0).map(({ kind }) => kind.id)).toEqual(expect.arrayContaining(['firewall', 'api', 'chat', 'turns', 'conversations']));
    expect(picture.boxes.filter(({ underKey }) => underKey).map(({ kind }) => kind.id)).toEqual(expect.arrayContaining(['conversations', 'subject-keys', 'secrets', 'audit']));
  });
});

it('draws dev without what dev does not have', async () => {
  const ids = pictureOf('dev', await readTemplates(ASSEMBLY, 'dev')).boxes.map(({ kind }) => kind.id);
  expect(ids).toContain('chat');
  expect(ids).not.toEqual(expect.arrayContaining(['firewall']));
  expect(ids).not.toEqual(expect.arrayContaining(['model']));
  expect(ids).not.toEqual(expect.arrayContaining(['audit']));
});

/** Name of the data stack's output that gives an attribute of a resource away. */
function outputOf(templates: ReadonlyMap<string, Template>, id: string, attribute: string): string {
  const outputs = Object.keys((templates.get('Data') as Json).Outputs);
  return outputs.find((name) => name.includes(`GetAtt${id}`) && name.includes(attribute) && !name.includes('Stream')) as string;
}
