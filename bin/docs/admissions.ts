import { markdownTable } from '../../config/words/table.ts';
import { at, listAt } from '../diagram/estate.ts';
import type { Resource } from '../diagram/estate.ts';
import { conditionTexts } from './conditions.ts';
import { functionOf, named, namesText, nameOf, textOf } from './names.ts';
import type { Named, Surveyed } from './names.ts';
import { actionsText, allows } from './rights.ts';

/** Whom something of ours admits. */
interface Admission {
  readonly who: string;
  readonly actions: string;
  readonly on: readonly Named[];
  readonly when: readonly string[];
}

/** Every service that a resource policy, a function's permission or a role's trust admits, as a Markdown table. */
export function admissionsTable(surveyed: Surveyed): string {
  const all = surveyed.estate.resources.flatMap((resource) => admissionsOf(resource, surveyed)).toSorted((a, b) => a.who.localeCompare(b.who));
  // What one service may do under one condition stands in one row, and so do the conditions of one right.
  const byCondition = merged(all, ({ who, actions, when }) => [who, actions, when.join()].join('\n'));
  const rows = merged(byCondition, ({ who, actions, on }) => [who, actions, namesText(on)].join('\n'));
  return markdownTable(['service', 'may', 'on', 'only'], rows.map(({ who, actions, on, when }) => [who, actions, namesText(on), when.join('; or ')]));
}

function merged(all: readonly Admission[], keyOf: (one: Admission) => string): Admission[] {
  const groups = new Map<string, Admission>();
  for (const one of all) {
    const before = groups.get(keyOf(one));
    groups.set(keyOf(one), before ? { ...before, on: [...before.on, ...one.on], when: [...new Set([...before.when, ...one.when])] } : one);
  }
  return [...groups.values()];
}

function admissionsOf(resource: Resource, surveyed: Surveyed): Admission[] {
  const { type, properties, stack } = resource;
  if (type === 'AWS::Lambda::Permission') return [permission(properties, stack, surveyed)];
  if (/^AWS::IAM::(ManagedPolicy|Policy)$/.test(type)) return [];
  const documents = ['KeyPolicy', 'AssumeRolePolicyDocument', 'PolicyDocument', 'ResourcePolicy'].flatMap((name) => (properties[name] === undefined ? [] : [documentOf(properties[name], stack, surveyed)]));
  return documents.flatMap((document) => listAt(document, 'Statement')).filter(allows).flatMap((statement) => admitted(statement, resource, surveyed));
}

/** A policy document; CloudWatch Logs takes it as text. */
function documentOf(value: unknown, stack: string, surveyed: Surveyed): unknown {
  return at(value, 'Fn::Join') === undefined && typeof value !== 'string' ? value : (JSON.parse(textOf(value, stack, surveyed)) as unknown);
}

function permission(properties: Resource['properties'], stack: string, surveyed: Surveyed): Admission {
  const account = properties['SourceAccount'] === undefined ? {} : { 'aws:SourceAccount': properties['SourceAccount'] };
  const source = properties['SourceArn'] === undefined ? {} : { 'aws:SourceArn': properties['SourceArn'] };
  return {
    who: service(textOf(properties['Principal'], stack, surveyed)),
    actions: actionsText([String(properties['Action'])]),
    on: [named(properties['FunctionName'], stack, surveyed)],
    when: [conditionTexts({ StringEquals: { ...account, ...source } }, stack, surveyed).join(' and ')],
  };
}

function admitted(statement: unknown, resource: Resource, surveyed: Surveyed): Admission[] {
  const { stack, type } = resource;
  const when = conditionTexts(at(statement, 'Condition'), stack, surveyed).join(' and ');
  const resources = listAt(statement, 'Resource').map((one) => named(one, stack, surveyed));
  // In the policy of a key or a role, a star stands for that key or role.
  const on = resources.every(({ name }) => name === '*') ? [type === 'AWS::IAM::Role' ? roleName(resource, surveyed) : nameOf(resource, surveyed)] : resources;
  return principalsOf(at(statement, 'Principal'), stack, surveyed).map((who) => ({ who, actions: actionsText(listAt(statement, 'Action').map(String)), on, when: [when] }));
}

function roleName(role: Resource, surveyed: Surveyed): Named {
  const fn = functionOf(role, surveyed);
  return fn ? { kind: 'role of', name: nameOf(fn, surveyed).name } : nameOf(role, surveyed);
}

function principalsOf(principal: unknown, stack: string, surveyed: Surveyed): string[] {
  if (typeof principal === 'string') return [principal === '*' ? 'anybody' : principal];
  return Object.entries(principal as object).flatMap(([kind]) =>
    listAt(principal, kind).map((one) => {
      const text = textOf(one, stack, surveyed);
      return kind === 'Service' ? service(text) : /^arn:aws:iam::this account:root$/.test(text) ? 'IAM of this account' : namesText([named(one, stack, surveyed)]);
    }),
  );
}

function service(name: string): string {
  return `\`${name}\``;
}
