import { Duration } from 'aws-cdk-lib';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionsConfig, IntegrationsConfig, ModelConfig, RedactionConfig } from '../../config/schema/index.ts';
import { VISIBILITY_TIMEOUTS } from '../../lambda/contracts/budgets.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { TURN_DELIVERIES } from '../../lambda/contracts/limits.ts';
import { DIMENSIONS, METRICS } from '../../lambda/contracts/metrics.ts';
import type { ChatSettings, TurnSettings } from '../../lambda/contracts/settings.ts';
import type { ConversationStore } from '../conversation/index.ts';
import { GradualDeployment } from '../delivery/index.ts';
import type { DeliveryPipeline } from '../delivery/index.ts';
import { declareData } from '../governance/index.ts';
import type { SigningSecret } from '../identity/index.ts';
import type { VendorCredentials } from '../integration/index.ts';
import { acceptNoGuardrail, grantModel } from '../model/index.ts';
import type { ModelGuardrail } from '../model/index.ts';
import { estateMetric, ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { grantSecondOpinion, secondOpinionSettings } from '../redaction/index.ts';
import { DeadLetterQueue, grantConsume, grantSend, ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link ChatService}. */
export interface ChatServiceProps {
  readonly prefix: string;
  readonly runtime: RuntimeProps;
  readonly sizes: Pick<FunctionsConfig, 'chat' | 'turnWorker'>;
  readonly settings: TurnSettings;
  /** Origins whose pages may read the answers. */
  readonly embedOrigins: readonly string[];
  readonly model: ModelConfig;
  /** @default - model calls have no guardrail */
  readonly guardrail?: ModelGuardrail;
  /** Why calls of a model on Bedrock have no guardrail. @default - they have one, or the model is elsewhere */
  readonly withoutGuardrail?: string | undefined;
  /** Systems that a turn reads, and the credentials that hold their keys. @default - none */
  readonly integrations?: { readonly config: IntegrationsConfig; readonly credentials: VendorCredentials };
  /** How personal data is recognised in what staff read. */
  readonly redaction: RedactionConfig;
  readonly store: ConversationStore;
  readonly signing: SigningSecret;
  /** Key of the turn queue. */
  readonly queueKey: IKey;
  readonly pipeline: DeliveryPipeline;
  readonly owner: string;
  readonly observability: Observability;
  /** 99th percentile of a chat request that stops a deployment, in milliseconds. */
  readonly slowMilliseconds: number;
}

/** The turn: the chat function that answers, and the worker that finishes what took longer than two seconds. */
export class ChatService extends Construct {
  readonly chat: GradualDeployment;
  readonly worker: GradualDeployment;
  readonly turnQueue: Queue;
  readonly #queueKey: IKey;

  constructor(scope: Construct, id: string, props: ChatServiceProps) {
    super(scope, id);
    this.#queueKey = props.queueKey;
    const { prefix, runtime, settings, owner, observability, pipeline } = props;
    const dead = new DeadLetterQueue(this, 'DeadTurns', {
      queueName: `${prefix}-turns-dead`,
      key: props.queueKey,
      owner,
      observability,
      alarmName: 'dead-turns',
      userImpact: 'Somebody waits for an answer that will not come by itself.',
    });
    this.turnQueue = new Queue(this, 'Turns', {
      queueName: `${prefix}-turns`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.queueKey,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUTS * props.sizes.turnWorker.timeoutSeconds),
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: dead.queue, maxReceiveCount: TURN_DELIVERIES },
    });
    declareData(this.turnQueue, { dataClass: 'operational', purpose: 'pending turns', legalBasis: 'none', retentionDays: 1, owner });

    const chatSettings: ChatSettings = { ...settings, embedOrigins: props.embedOrigins, ...secondOpinionSettings(props.redaction) };
    const chat = new ServiceFunction(this, 'Chat', { runtime, name: 'chat', description: 'Conversations over HTTP, streamed', size: props.sizes.chat, settings: chatSettings });
    props.store.grantConverse(chat);
    props.signing.grantRead(chat);
    this.grantHandOver(chat);
    this.#grantModel(props, chat, 'stream');
    grantSecondOpinion(props.redaction, chat);
    this.#grantOrders(props, chat);
    this.chat = new GradualDeployment(this, 'ChatDelivery', {
      pipeline,
      observability,
      of: chat,
      name: 'chat',
      userImpact: 'Messages are not answered.',
      slowMilliseconds: props.slowMilliseconds,
      // It answers what fails with a 5xx, or with an error at the end of a stream, and Lambda counts neither.
      failureMetric: (version) => estateMetric(prefix, METRICS.failedRequests, { statistic: Stats.SUM, period: Duration.minutes(1), dimensionsMap: { [DIMENSIONS.functionVersion]: version } }),
    });

    const worker = new ServiceFunction(this, 'TurnWorker', { runtime, name: 'turn-worker', description: 'Finishes turns that took longer than two seconds', size: props.sizes.turnWorker, settings });
    props.store.grantFinishTurns(worker);
    grantConsume(this.turnQueue, props.queueKey, worker);
    this.#grantModel(props, worker, 'whole');
    this.#grantOrders(props, worker);
    this.worker = new GradualDeployment(this, 'WorkerDelivery', { pipeline, observability, of: worker, name: 'turn-worker', userImpact: 'Answers that were promised as pending do not come.', slowMilliseconds: props.sizes.turnWorker.timeoutSeconds * 800 });
    new CfnEventSourceMapping(this, 'TurnsToWorker', {
      functionName: this.worker.alias.functionArn,
      eventSourceArn: this.turnQueue.queueArn,
      batchSize: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      ...pollersFor(props.sizes.turnWorker.reservedConcurrency),
    }).node.addDependency(worker);
    this.#alarm(observability);
  }

  /** A turn may be handed to the worker. */
  grantHandOver(fn: ServiceFunction): void {
    grantSend(this.turnQueue, this.#queueKey, fn);
    fn.tell(ENV.turnQueue, this.turnQueue.queueUrl);
  }

  #grantModel(props: ChatServiceProps, fn: ServiceFunction, delivery: 'stream' | 'whole'): void {
    grantModel(props.model, fn, delivery, props.integrations?.credentials);
    if (props.model.provider !== 'bedrock') return;
    props.guardrail?.grantApply(fn);
    if (props.guardrail === undefined && props.withoutGuardrail !== undefined) acceptNoGuardrail(fn, props.withoutGuardrail);
  }

  #grantOrders({ integrations }: ChatServiceProps, fn: ServiceFunction): void {
    const orders = integrations?.config.orders;
    if (orders !== undefined) integrations?.credentials.grantRead(orders.vendorCredential, fn, ENV.orderSystemSecret);
  }

  #alarm(observability: Observability): void {
    new ServiceAlarm(this, 'TurnsWait', {
      observability,
      name: 'turns-wait',
      severity: 'page',
      userImpact: 'Users who were told that the answer takes longer wait for minutes.',
      metric: this.turnQueue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: 120,
      periods: 3,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'SQS stops reporting for a queue that nobody uses.' },
    });
  }
}

/**
 * Bounds the pollers of a queue to what its function may run at once: more of them would be throttled, and messages that
 * nobody handled would count as received until they end as dead. AWS Lambda takes 2 to 1,000.
 */
function pollersFor(reserved: number | undefined): { readonly scalingConfig?: { readonly maximumConcurrency: number } } {
  return reserved === undefined || reserved < 2 ? {} : { scalingConfig: { maximumConcurrency: Math.min(reserved, 1_000) } };
}
