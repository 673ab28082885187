import { Key } from 'aws-cdk-lib/aws-kms';
import { ConversationStore } from '../../lib/conversation/index.ts';
import type { ConversationStoreProps } from '../../lib/conversation/index.ts';
import type { Surroundings } from './capability-app.ts';

/** A conversation store in a stack under test, with a key of its own for subjects. */
export function sampleStore({ stack, key, observability }: Pick<Surroundings, 'stack' | 'key' | 'observability'>, over: Partial<ConversationStoreProps> = {}): ConversationStore {
  return new ConversationStore(stack, 'Store', {
    prefix: 'demo',
    tableKey: key,
    subjectKey: over.subjectKey ?? new Key(stack, 'Subjects'),
    pointInTimeRecoveryDays: 35,
    retentionDays: 90,
    legalBasis: 'contract',
    owner: 'support-lead',
    removal: { kind: 'retain' },
    observability,
    ...over,
  });
}
