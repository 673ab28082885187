import { RemovalPolicy } from 'aws-cdk-lib';
import { Conversation, Guardrail, Knowledge, Model } from '../../../config/schema/conversation.ts';
import { Redaction } from '../../../config/schema/redaction.ts';
import { Alarms, Delivery, Functions } from '../../../config/schema/operations.ts';
import { ChatService, EventFlow, turnSettings } from '../../../lib/chat/index.ts';
import { ConversationStore } from '../../../lib/conversation/index.ts';
import { DeliveryPipeline } from '../../../lib/delivery/index.ts';
import { SigningSecret } from '../../../lib/identity/index.ts';
import { ModelGuardrail } from '../../../lib/model/index.ts';
import { capability } from '../../support/capability-app.ts';
import type { Capability } from '../../support/capability-app.ts';

/** What a test may vary. */
export interface Variation {
  readonly functions?: object;
  readonly model?: object;
  readonly guardrail?: boolean;
  readonly thresholds?: object;
  readonly contactsPerMonth?: number;
}

const BEDROCK = { provider: 'bedrock', modelId: 'amazon.nova-lite-v1:0', price: { inputUsdPer1000: 0.0001, outputUsdPer1000: 0.0004, source: 'Price list', date: '2026-11-01' } };

/** A chat service and its event flow, with all that they stand on, in one stack. */
export function chatApp({ functions = {}, model = BEDROCK, guardrail = true, thresholds = {}, contactsPerMonth = 18_400 }: Variation = {}): Capability<{ readonly service: ChatService; readonly events: EventFlow }> {
  return capability(({ stack, key, runtime, observability }) => {
    const prefix = 'demo';
    const owner = 'support-lead';
    const common = { prefix, owner, observability };
    const sizes = Functions.parse(functions);
    const conversation = Conversation.parse({ disclosure: { en: 'You are chatting with an AI assistant.' }, humanContact: 'Call us at any time.' });
    const settings = turnSettings({ conversation, model: Model.parse(model), knowledge: Knowledge.parse({}), useCases: [], chatTimeoutSeconds: sizes.chat.timeoutSeconds, workerTimeoutSeconds: sizes.turnWorker.timeoutSeconds });
    const store = new ConversationStore(stack, 'Store', { ...common, tableKey: key, subjectKey: key, pointInTimeRecoveryDays: 35, retentionDays: 90, legalBasis: 'contract', removal: { kind: 'retain' } });
    const signing = new SigningSecret(stack, 'Signing', { ...common, key, runtime, removal: RemovalPolicy.DESTROY });
    const pipeline = new DeliveryPipeline(stack, 'Delivery', { prefix, runtime, delivery: Delivery.parse({ enabled: true }) });
    const guard = guardrail ? new ModelGuardrail(stack, 'Guardrail', { ...common, key, guardrail: Guardrail.parse({ enabled: true }) as Extract<ReturnType<typeof Guardrail.parse>, { enabled: true }> }) : undefined;
    const service = new ChatService(stack, 'Chat', { ...common, runtime, sizes, settings, embedOrigins: ['https://shop.example'], model: Model.parse(model), redaction: Redaction.parse({}), ...(guard ? { guardrail: guard } : {}), store, signing, queueKey: key, pipeline, slowMilliseconds: 9_000 });
    const events = new EventFlow(stack, 'Events', { ...common, runtime, sizes, settings, store, service, key, pipeline, thresholds: Alarms.parse({ thresholds }).thresholds, contactsPerMonth });
    return { service, events };
  });
}
