import { at, listAt } from './estate.ts';
import type { Estate, Resource } from './estate.ts';
import { holdersOf, roleOf, statementsOf } from './permissions.ts';

/** One reason for an arrow: a resource that lets one box reach another. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly via: 'request' | 'route' | 'authorizer' | 'source' | 'rule' | 'read' | 'write' | 'issuer' | 'trail';
  /** The resource that says so. */
  readonly evidence: string;
}

/** Finds the box of a resource; undefined for resources that no box owns. */
export type BoxOf = (resource: Resource) => string | undefined;

/** Every arrow's reasons, from the template alone; what stays within a box is left out. */
export function linksOf(estate: Estate, boxOf: BoxOf): Link[] {
  const found = estate.resources.flatMap((resource) => {
    const read = READERS[resource.type];
    return read === undefined ? [] : read(resource, estate, boxOf);
  });
  return found.filter(({ from, to }) => from !== to);
}

type Reader = (resource: Resource, estate: Estate, boxOf: BoxOf) => Link[];

const boxes = (value: unknown, { stack }: Resource, estate: Estate, boxOf: BoxOf): string[] => [...new Set(estate.referred(value, stack).flatMap((resource) => boxOf(resource) ?? []))];

/** Links of one resource between the boxes that two of its values refer to. */
function between(resource: Resource, estate: Estate, boxOf: BoxOf, via: Link['via'], sources: unknown, targets: unknown): Link[] {
  const to = boxes(targets, resource, estate, boxOf);
  return boxes(sources, resource, estate, boxOf).flatMap((from) => to.map((target) => ({ from, to: target, via, evidence: resource.key })));
}

/** A caller reaches the API through the firewall where one is associated, else directly. */
const restApi: Reader = (resource, estate, boxOf) => {
  const door = boxOf(resource);
  const guarded = estate.resources.filter((other) => other.type === 'AWS::WAFv2::WebACLAssociation' && boxes(other.properties['ResourceArn'], other, estate, boxOf).includes(door ?? ''));
  if (door === undefined) return [];
  if (guarded.length === 0) return [{ from: 'client', to: door, via: 'request', evidence: resource.key }];
  return guarded.flatMap(({ key }) => [
    { from: 'client', to: 'firewall', via: 'request' as const, evidence: key },
    { from: 'firewall', to: door, via: 'request' as const, evidence: key },
  ]);
};

const method: Reader = (resource, estate, boxOf) => between(resource, estate, boxOf, 'route', { Ref: resource.key.split('/')[1] }, at(resource.properties, 'Integration', 'Uri'));

const authorizer: Reader = (resource, estate, boxOf) => between(resource, estate, boxOf, 'authorizer', { Ref: resource.key.split('/')[1] }, resource.properties['AuthorizerUri']);

const eventSource: Reader = (resource, estate, boxOf) => between(resource, estate, boxOf, 'source', resource.properties['EventSourceArn'], resource.properties['FunctionName']);

const rule: Reader = (resource, estate, boxOf) => between(resource, estate, boxOf, 'rule', resource.properties['EventBusName'], listAt(resource.properties, 'Targets').map((target) => at(target, 'Arn')));

const trail: Reader = (resource, estate, boxOf) => between(resource, estate, boxOf, 'trail', [resource.properties['AdvancedEventSelectors'], resource.properties['EventSelectors']], { Ref: resource.key.split('/')[1] });

/** A function that is told whose tokens to accept asks a user pool of ours. */
const issuer: Reader = (resource, estate, boxOf) => {
  const pools = estate.referred(at(resource.properties, 'Environment', 'Variables'), resource.stack).filter(({ type }) => type.startsWith('AWS::Cognito::'));
  const from = boxOf(resource);
  const to = new Set(pools.flatMap((pool) => boxOf(pool) ?? []));
  return from === undefined ? [] : [...to].map((target) => ({ from, to: target, via: 'issuer', evidence: resource.key }));
};

/** What a function's policy lets it do with another box; calls of AWS on its behalf are not its own. */
const policy: Reader = (resource, estate, boxOf) => {
  const holders = holdersOf(resource, estate).flatMap((fn) => boxOf(fn) ?? []);
  const allowed = statementsOf(resource).filter(({ viaService }) => !viaService).flatMap(({ actions, resource: target }) => {
    const named = boxes(target, resource, estate, boxOf);
    const to = actions.some((action) => action.startsWith('bedrock:Invoke')) ? [...named, 'model'] : named;
    const roles = new Set(actions.map(roleOf));
    return (['read', 'write'] as const).filter((role) => roles.has(role)).flatMap((via) => to.map((box) => ({ to: box, via })));
  });
  return holders.flatMap((from) => allowed.map(({ to, via }) => ({ from, to, via, evidence: resource.key })));
};

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::Authorizer': authorizer,
  'AWS::Lambda::EventSourceMapping': eventSource,
  'AWS::Lambda::Function': issuer,
  'AWS::Events::Rule': rule,
  'AWS::CloudTrail::Trail': trail,
  'AWS::IAM::ManagedPolicy': policy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': policy,
};
