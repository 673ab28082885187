import { isObject } from '../template/resolve.ts';
import type { Estate, Json, JsonObject } from '../template/types.ts';
import { placeOf } from './judge.ts';
import { byCode } from './order.ts';
import type { Claim, Place } from './types.ts';

type Suppression = Pick<Claim, 'rule' | 'reason'>;

/** How each tool writes its suppressions into the metadata of a resource or a template. */
const TOOLS: Readonly<Record<string, (metadata: JsonObject) => readonly Suppression[]>> = {
  cdk_nag: ({ rules_to_suppress: rules }) => listed(rules, nagReason).flatMap(({ suppression, entry }) => appliesTo(suppression, entry['applies_to'])),
  cfn_nag: ({ rules_to_suppress: rules }) => listed(rules, ({ reason }) => text(reason)).map(({ suppression }) => suppression),
  guard: ({ SuppressedRules: rules }) => guarded(rules),
  checkov: ({ skip }) => listed(skip, ({ comment }) => text(comment)).map(({ suppression }) => suppression),
};

/** Suppressions that other tools left in the templates of an estate: what somebody claimed. None of them is honoured. */
export function claimsOf(estate: Estate): Claim[] {
  const places = [
    ...estate.stacks.map(({ name, template }): [Json | undefined, Place] => [template['Metadata'], { stack: name, logicalId: '', type: 'Template', path: name }]),
    ...estate.resources.map((resource): [Json | undefined, Place] => [resource.metadata, placeOf(resource)]),
  ];
  return places.flatMap(([metadata, place]) => claimsIn(metadata, place)).toSorted((a, b) => byCode(keyOf(a), keyOf(b)));
}

const keyOf = ({ tool, rule, reason, place }: Claim): string => JSON.stringify([tool, rule, place.path, place.stack, reason]);

function claimsIn(metadata: Json | undefined, place: Place): Claim[] {
  if (!isObject(metadata)) return [];
  return Object.entries(TOOLS).flatMap(([tool, read]) => {
    const own = metadata[tool];
    return isObject(own) ? read(own).map(({ rule, reason }) => ({ tool, rule, reason, place })) : [];
  });
}

function listed(rules: Json | undefined, reasonOf: (entry: JsonObject) => string): { readonly suppression: Suppression; readonly entry: JsonObject }[] {
  return listOf(rules).flatMap((entry) => {
    if (typeof entry === 'string') return [{ suppression: { rule: entry, reason: '' }, entry: {} }];
    return isObject(entry) ? [{ suppression: { rule: text(entry['id']), reason: reasonOf(entry) }, entry }] : [];
  });
}

/** cdk-nag 2 may narrow a suppression to findings: one claim each. */
function appliesTo(suppression: Suppression, findings: Json | undefined): Suppression[] {
  const all = listOf(findings);
  return all.length === 0 ? [suppression] : all.map((finding) => ({ rule: `${suppression.rule}[${text(finding)}]`, reason: suppression.reason }));
}

/** Reasons that a template could not hold as they are (letters beyond ASCII) are written in Base64. */
function nagReason({ reason, is_reason_encoded: encoded }: JsonObject): string {
  return encoded === true && typeof reason === 'string' ? Buffer.from(reason, 'base64').toString('utf8') : text(reason);
}

/** Guard takes a list of rules, or a map from rules to reasons. */
function guarded(rules: Json | undefined): Suppression[] {
  return isObject(rules) ? Object.entries(rules).map(([rule, reason]) => ({ rule, reason: text(reason) })) : listOf(rules).map((rule) => ({ rule: text(rule), reason: '' }));
}

const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);

function text(json: Json | undefined): string {
  if (json === undefined || json === null) return '';
  return typeof json === 'string' ? json : JSON.stringify(json);
}
