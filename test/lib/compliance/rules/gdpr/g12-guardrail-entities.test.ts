import { MINIMUM_ENTITIES } from '../../../../../lib/compliance/rules/models/pii.ts';
import { g12GuardrailEntities } from '../../../../../lib/compliance/rules/gdpr/g12-guardrail-entities.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const guardrail = (entities: Json): Record<string, Json> => ({ One: { Type: 'AWS::Bedrock::Guardrail', Properties: { SensitiveInformationPolicyConfig: { PiiEntitiesConfig: entities } } } });
const entity = (Type: string, change: Record<string, Json>): Record<string, Json> => ({ Type, Action: 'ANONYMIZE', ...change });
const all = (change: Record<string, Json> = {}): Record<string, Json>[] => MINIMUM_ENTITIES.map((type) => entity(type, change));

holds(g12GuardrailEntities, [
  { name: 'passes the minimum set', resources: guardrail([...all(), { Type: 'NAME', Action: 'NONE' }]), gives: ['One PASS'] },
  { name: 'goes by the action on output', resources: guardrail(all({ Action: 'NONE', OutputAction: 'BLOCK' })), gives: ['One PASS'] },
  { name: 'fails where one is missing, and names it', resources: guardrail(all().slice(1)), gives: ['One FAIL'], says: ['EMAIL'] },
  { name: 'fails what only reports', resources: guardrail(all({ Action: 'NONE' })), gives: ['One FAIL'] },
  { name: 'fails what is off on output', resources: guardrail(all({ OutputEnabled: false })), gives: ['One FAIL'] },
  { name: 'fails a guardrail without the policy', resources: { One: { Type: 'AWS::Bedrock::Guardrail' } }, gives: ['One FAIL'], says: ['absent'] },
  { name: 'does not guess at the set', resources: guardrail(UNRESOLVED), gives: ['One UNKNOWN'], says: ['AParameter'] },
  { name: 'does not guess at an entity', resources: guardrail([...all().slice(1), { Type: UNRESOLVED, Action: 'BLOCK' }]), gives: ['One UNKNOWN'] },
  { name: 'knows that one entity cannot stand for two', resources: guardrail([...all().slice(2), { Type: UNRESOLVED, Action: 'BLOCK' }]), gives: ['One FAIL'] },
  { name: 'does not guess at an action', resources: guardrail(all({ Action: UNRESOLVED })), gives: ['One UNKNOWN'] },
]);
