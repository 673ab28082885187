import { b14EventBusEncryption } from '../../../../../lib/compliance/rules/blind-spots/b14-event-bus-encryption.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const bus = (properties: object): Record<string, never> => ({ B: { Type: 'AWS::Events::EventBus', Properties: properties } as never });

holds(b14EventBusEncryption, [
  { name: 'passes with a key', resources: bus({ KmsKeyIdentifier: 'alias/mine' }), gives: ['B PASS'] },
  { name: 'fails without', resources: { ...bus({}), A: { Type: 'AWS::Events::Archive' }, C: { Type: 'AWS::Events::Connection', Properties: {} } }, gives: ['B FAIL', 'A FAIL', 'C FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: bus({ KmsKeyIdentifier: UNRESOLVED }), gives: ['B UNKNOWN'], says: ['AParameter'] },
]);
