import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { ABSENT, itemsOf, memberOf, shown, textOf, type Value } from '../template/value.ts';
import { reasonsOf, type Finding } from './check.ts';
import type { Parameters } from './parameters.ts';

/** What a firewall's log has to leave out, in the words of its redaction. */
const LEFT_OUT = ['query string', 'header authorization', 'header cookie'] as const;

/** Judges what the log of a web ACL leaves out, by its own redaction or by the data protection of the ACL. The source address is always in it, a body never. */
export function firewallLog(resource: Resource, estate: Estate, { sourceAddressInLogs }: Pick<Parameters, 'sourceAddressInLogs'>): Finding[] {
  const redacted = valueAt(estate, resource, 'RedactedFields');
  const acl = valueAt(estate, resource, 'ResourceArn');
  const protection = acl.kind === 'reference' ? valueAt(estate, acl.resource, 'DataProtectionConfig.DataProtections') : ABSENT;
  const fields = new Set([...itemsOf(redacted).flatMap(redactedField), ...itemsOf(protection).flatMap(protectedField)]);
  const missing = LEFT_OUT.filter((field) => !fields.has(field) && !(field.startsWith('header') && fields.has('all headers')));
  // An ACL of another template may protect more.
  const unread = [redacted, ...itemsOf(redacted), protection, ...itemsOf(protection), acl].find(({ kind }) => kind === 'unknown');
  const verdict = missing.length === 0 ? 'PASS' : unread === undefined ? 'FAIL' : 'UNKNOWN';
  return [
    {
      part: 'Redaction',
      verdict,
      property: 'RedactedFields',
      actual: shown(redacted),
      expected: LEFT_OUT.join(', '),
      ...(missing.length > 0 && { note: unread === undefined ? `Not left out: ${missing.join(', ')}.` : `Not told by the template: ${reasonsOf(unread)}.` }),
    },
    {
      part: 'Source address',
      verdict: sourceAddressInLogs === undefined ? 'FAIL' : 'PASS',
      actual: 'always logged',
      expected: 'declared in sourceAddressInLogs, with the reason',
      ...(sourceAddressInLogs !== undefined && { note: `Declared: ${sourceAddressInLogs}` }),
    },
  ];
}

function redactedField(field: Value): string[] {
  if (field.kind !== 'map') return [];
  if (memberOf(field, 'QueryString').kind !== 'absent') return ['query string'];
  const header = textOf(memberOf(field, 'SingleHeader.Name'));
  return header === undefined ? [] : [`header ${header.toLowerCase()}`];
}

function protectedField(protection: Value): string[] {
  const [type, keys] = [textOf(memberOf(protection, 'Field.FieldType')), itemsOf(memberOf(protection, 'Field.FieldKeys'))];
  if (type === 'QUERY_STRING') return ['query string'];
  if (type === 'SINGLE_COOKIE' && keys.length === 0) return ['header cookie'];
  if (type !== 'SINGLE_HEADER') return [];
  return keys.length === 0 ? ['all headers'] : keys.flatMap((key) => `header ${(textOf(key) ?? '').toLowerCase()}`);
}
