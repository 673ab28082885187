import { holdsUnknown, type Value } from '../../template/value.ts';
import { patternOf } from '../check.ts';

/** What a rule expects where a key is named. */
export const CUSTOMER_KEY = 'a customer-managed KMS key';

const KEY_TYPES = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias']);
/** Stands for a part that is not known. */
const UNKNOWN = '\uE000';
const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** Whether a value names a key that the customer manages; false for none and for a key that AWS manages (`alias/aws/…`), undefined when it cannot be told. */
export function isCustomerKey(value: Value): boolean | undefined {
  if (value.kind === 'reference') return KEY_TYPES.has(value.resource.type) ? true : undefined;
  if (value.kind !== 'literal' && value.kind !== 'text') return value.kind === 'absent' || value.kind === 'list' || value.kind === 'map' ? false : undefined;
  const text = value.kind === 'literal' ? String(value.value) : value.parts.map((part) => (holdsUnknown(part) ? UNKNOWN : patternOf(part))).join('');
  if (text.includes('alias/aws/')) return false;
  if (value.kind === 'literal') return KEY_ID.test(text) || /(^alias\/|:alias\/|:key\/)./.test(text);
  const [, name] = /(?:alias|key)\/(.+)$/.exec(text) ?? [];
  if (name !== undefined) return name.includes(UNKNOWN) ? undefined : true;
  return value.parts.some((part) => isCustomerKey(part) === true) || undefined;
}
