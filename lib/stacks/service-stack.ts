import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../../config/schema/index.ts';
import { BreachWatch } from '../audit/index.ts';
import { ChatService, EventFlow, turnSettings } from '../chat/index.ts';
import { DeliveryPipeline } from '../delivery/index.ts';
import { RequestAuthorizer } from '../identity/index.ts';
import { ModelGuardrail } from '../model/index.ts';
import { ChatPages } from '../pages/index.ts';
import type { DataStack } from './data-stack.ts';

/** Props of {@link ServiceStack}. */
export interface ServiceStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly data: DataStack;
}

/** The functions, what wakes them, and how their versions get traffic. */
export class ServiceStack extends Stack {
  readonly chat: ChatService;
  readonly events: EventFlow;
  readonly authorizer: RequestAuthorizer;
  readonly pages: ChatPages;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { config, data } = props;
    const { prefix } = config.naming;
    const { owner } = config.responsible;
    const { runtime, observability, store, signing, staff } = data;
    const { thresholds } = config.alarms;
    const queueKey = data.keys.operations;
    const settings = turnSettings({ ...config, chatTimeoutSeconds: config.functions.chat.timeoutSeconds, workerTimeoutSeconds: config.functions.turnWorker.timeoutSeconds });

    const pipeline = new DeliveryPipeline(this, 'Delivery', { prefix, delivery: config.delivery, runtime });
    const guardrail =
      config.guardrail.enabled && config.model.provider === 'bedrock' ? new ModelGuardrail(this, 'Guardrail', { prefix, guardrail: config.guardrail, key: data.keys.operations, owner, observability }) : undefined;
    const common = { runtime, pipeline, observability };
    this.chat = new ChatService(this, 'Chat', { ...common, prefix, sizes: config.functions, settings, embedOrigins: config.api.embedOrigins, model: config.model, guardrail, withoutGuardrail: config.guardrail.enabled ? undefined : config.guardrail.reason, redaction: config.redaction, integrations: { config: config.integrations, credentials: data.vendors }, store, signing, queueKey, owner, slowMilliseconds: config.functions.chat.timeoutSeconds * 800 });
    this.events = new EventFlow(this, 'Events', { ...common, prefix, sizes: config.functions, settings, store, service: this.chat, key: queueKey, owner, thresholds, contactsPerMonth: config.baseline.contactsPerMonth });
    const { conversations, subjects, operations, audit } = data.keys;
    new BreachWatch(this, 'BreachWatch', { prefix, keys: [conversations, subjects, operations], tables: [store.conversations, store.keys], deniedKeyCalls: thresholds.deniedKeyCalls, auditKey: audit, logRetentionDays: runtime.logRetentionDays, deadLetters: this.events.deadLetters, owner, observability });
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', { ...common, size: config.functions.authorizer, settings: { tokenMinutes: settings.tokenMinutes, ...(config.staff.networks.length > 0 && { staffNetworks: config.staff.networks }) }, signing, staff, customers: config.existing.customerIssuer });
    this.pages = new ChatPages(this, 'Pages', { ...common, size: config.functions.pages, settings: { embedOrigins: config.api.embedOrigins } });
  }
}
