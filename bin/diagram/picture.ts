import type { Template } from '../assembly.ts';
import { BOXES } from './boxes.ts';
import type { BoxKind } from './boxes.ts';
import { linksOf } from './edges.ts';
import type { BoxOf, Link } from './edges.ts';
import { at, estateOf, isNamed, listAt, underCustomerKey } from './estate.ts';
import type { Estate, Resource } from './estate.ts';
import { settingsOf } from './facts.ts';

/** A box as it is drawn. */
export interface Box {
  readonly kind: BoxKind;
  readonly facts: readonly string[];
  /** Keys of the resources that it stands for. */
  readonly resources: readonly string[];
  /** Alarms on something in the box. */
  readonly alarms: number;
  /** Whether something in it is stored under a customer key. */
  readonly underKey: boolean;
}

/** An arrow as it is drawn, with everything that makes it true. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly links: readonly Link[];
  /** Part of a conversation's path. */
  readonly bold: boolean;
  readonly label: string | undefined;
}

/** What a template shows, before anybody decides where to draw it. */
export interface Picture {
  readonly environment: string;
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

/** Steps of a conversation: through the firewall and the API to the chat function, its stores, the key and the model. */
const CONVERSATION = new Set(['client>firewall', 'client>api', 'firewall>api', 'api>chat', 'chat>conversations', 'chat>subject-keys', 'chat>kms', 'chat>model']);
/** Dimensions that name a resource by its physical name. */
const NAMED_DIMENSIONS: Readonly<Record<string, { readonly type: string; readonly property: string }>> = {
  ApiName: { type: 'AWS::ApiGateway::RestApi', property: 'Name' },
  WebACL: { type: 'AWS::WAFv2::WebACL', property: 'Name' },
  Secret: { type: 'AWS::SecretsManager::Secret', property: 'Name' },
};

/** Reads the picture from an environment's templates. */
export function pictureOf(environment: string, templates: ReadonlyMap<string, Template>): Picture {
  const estate = estateOf(templates);
  const boxOf = ownership(estate);
  const watched = estate.resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').flatMap((alarm) => watchedBy(alarm, estate, boxOf));
  const boxes = BOXES.flatMap((kind) => {
    const own = estate.resources.filter((resource) => kind.owns(resource));
    const shownBy = kind.shownBy === undefined ? [] : estate.resources.filter(kind.shownBy);
    if (own.length + shownBy.length === 0) return [];
    const facts = kind.facts(own, estate, shownBy).slice(0, 2);
    return [{ kind, facts, resources: [...own, ...shownBy].map(({ key }) => key), alarms: watched.filter((id) => id === kind.id).length, underKey: own.some(underCustomerKey) }];
  });
  return { environment, boxes, edges: edgesOf(linksOf(estate, boxOf), estate) };
}

/** Box of each resource; an alias or a version belongs to the box of its function. */
export function ownership(estate: Estate): BoxOf {
  const boxOf: BoxOf = (resource) => {
    const hop = resource.type === 'AWS::Lambda::Alias' || resource.type === 'AWS::Lambda::Version';
    const [target] = hop ? estate.referred(resource.properties['FunctionName'], resource.stack) : [];
    return BOXES.find(({ owns }) => owns(target ?? resource))?.id;
  };
  return boxOf;
}

/** One edge a pair of boxes, with all its links. */
function edgesOf(links: readonly Link[], estate: Estate): Edge[] {
  const pairs = new Set(links.map(({ from, to }) => `${from}>${to}`));
  return [...pairs].map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    const own = links.filter((link) => link.from === from && link.to === to);
    return { from, to, links: own, bold: CONVERSATION.has(pair), label: labelOf(own, estate) };
  });
}

/** A word on an arrow, where it says more than the boxes do. */
function labelOf(links: readonly Link[], estate: Estate): string | undefined {
  const routes = new Set(links.filter(({ via }) => via === 'route').map(({ evidence }) => evidence)).size;
  if (routes > 0) return `${routes} route${routes === 1 ? '' : 's'}`;
  if (links.some(({ via }) => via === 'source')) return 'stream';
  if (links[0]?.from === 'chat' && links[0].to === 'turns') {
    const chat = estate.resources.find((resource) => resource.type === 'AWS::Lambda::Function' && isNamed(resource, 'FunctionName', 'chat'));
    const after = at(settingsOf(chat), 'interimAfterMilliseconds');
    return typeof after === 'number' ? `after ${after / 1_000} s` : undefined;
  }
  return undefined;
}

/** Boxes that an alarm watches, by reference or by physical name. */
function watchedBy({ properties, stack }: Resource, estate: Estate, boxOf: BoxOf): string[] {
  const metrics = listAt(properties, 'Metrics').map((metric) => at(metric, 'MetricStat', 'Metric'));
  const dimensions = [properties, ...metrics].flatMap((place) => listAt(place, 'Dimensions'));
  const named = dimensions.flatMap((dimension) => {
    const by = NAMED_DIMENSIONS[String(at(dimension, 'Name'))];
    return by === undefined ? [] : estate.resources.filter((resource) => resource.type === by.type && resource.properties[by.property] === at(dimension, 'Value'));
  });
  return [...new Set([...estate.referred(dimensions, stack), ...named].flatMap((resource) => boxOf(resource) ?? []))];
}
