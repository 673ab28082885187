import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { check, isTrue, type Finding } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { KEY_PLACES } from '../keys/places.ts';
import { KEY_READERS } from '../keys/special.ts';
import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';
import { STORE_TYPES } from '../stores.ts';

const TYPES = [...new Set([...STORE_TYPES, ...Object.keys(KEY_PLACES), ...Object.keys(KEY_READERS)])];

/** G14: every personal store is under a customer-managed key. */
export const g14CustomerKeys: Rule = {
  id: 'G14',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 32(1)(a)'],
  title: 'Every personal store is encrypted with a customer-managed key',
  info: 'Looks at every type that keeps data, and at event buses, state machines, trails, backup vaults, and what Bedrock keeps. Passes when the property that names the key names one that the customer manages: a key, replica or alias of the estate, an ARN, a key id, or an alias that is not alias/aws/…. Each replica of a GlobalTable is judged. Stores whose service takes no key of its customers fail. What is tagged with a data class that is not personal is left out.',
  explanation: 'With a key that AWS owns or manages, nobody can see who decrypts, narrow it, or withdraw it. Name a key of your own, whose policy says who may decrypt, and whose use the trail records.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) => asPersonal(estate, resource, parameters, () => KEY_READERS[resource.type]?.(estate, resource) ?? inOnePlace(estate, resource))),
};

function inOnePlace(estate: Estate, resource: Resource): Finding {
  const { property = '', on } = KEY_PLACES[resource.type] ?? {};
  const key = check(property, valueAt(estate, resource, property), CUSTOMER_KEY, isCustomerKey);
  if (on === undefined || key.verdict === 'FAIL') return key;
  const turned = check(on, valueAt(estate, resource, on), 'true', isTrue);
  return turned.verdict === 'PASS' ? key : turned;
}
