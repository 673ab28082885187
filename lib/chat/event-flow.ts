import { Aws, Duration } from 'aws-cdk-lib';
import { EventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ComparisonOperator, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmsConfig, BaselineConfig, FunctionsConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { EVENT_SOURCE } from '../../lambda/contracts/events.ts';
import { METRICS } from '../../lambda/contracts/metrics.ts';
import type { MetricName } from '../../lambda/contracts/metrics.ts';
import type { SweepSettings } from '../../lambda/contracts/settings.ts';
import type { ConversationStore } from '../conversation/index.ts';
import { GradualDeployment } from '../delivery/index.ts';
import type { DeliveryPipeline } from '../delivery/index.ts';
import { estateMetric, ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { DeadLetterQueue, grantSend, ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';
import type { ChatService } from './chat-service.ts';
import { fallbackWatch } from './fallback-watch.ts';
import { sweepSettings } from './turn-settings.ts';

/** Props of {@link EventFlow}. */
export interface EventFlowProps {
  readonly prefix: string;
  readonly runtime: RuntimeProps;
  readonly sizes: Pick<FunctionsConfig, 'outboxRelay' | 'interactions' | 'sweep'>;
  /** The turn's settings, of which the sweep gets its own. */
  readonly settings: SweepSettings;
  readonly store: ConversationStore;
  readonly service: ChatService;
  /** Key of the event bus and the dead-letter queue. */
  readonly key: IKey;
  readonly pipeline: DeliveryPipeline;
  readonly owner: string;
  readonly thresholds: AlarmsConfig['thresholds'];
  /** Contacts in a month before the bot: how long the fallback alarm has to count follows from it. */
  readonly contactsPerMonth: BaselineConfig['contactsPerMonth'];
  readonly observability: Observability;
}

/**
 * How product events leave: outbox -> relay -> event bus -> whoever listens; here the interaction recorder. Every
 * five minutes the sweep closes what is idle, expires claims and re-delivers what the relay missed.
 */
export class EventFlow extends Construct {
  readonly bus: IEventBus;
  /** Where events end that could not be delivered. */
  readonly deadLetters: IQueue;
  readonly relay: GradualDeployment;
  readonly interactions: GradualDeployment;
  readonly sweep: ServiceFunction;

  constructor(scope: Construct, id: string, props: EventFlowProps) {
    super(scope, id);
    const { prefix, key, owner, observability } = props;
    const dead = new DeadLetterQueue(this, 'DeadEvents', {
      queueName: `${prefix}-events-dead`,
      key,
      owner,
      observability,
      alarmName: 'dead-events',
      userImpact: 'None at once: figures and follow-up work miss some events.',
    });
    this.bus = new EventBus(this, 'Bus', { eventBusName: `${prefix}-events`, kmsKey: key, deadLetterQueue: dead.queue });
    dead.admitEvents(this.bus.eventBusArn);
    this.deadLetters = dead.queue;
    this.relay = this.#relay(props, dead);
    this.interactions = this.#interactions(props, dead);
    this.sweep = this.#sweep(props, dead);
    this.#alarms(props);
  }

  #relay(props: EventFlowProps, dead: DeadLetterQueue): GradualDeployment {
    const { runtime, pipeline, observability } = props;
    const relay = new ServiceFunction(this, 'Relay', { runtime, name: 'outbox-relay', description: 'Publishes the outbox to the event bus', size: props.sizes.outboxRelay });
    props.store.grantRelay(relay);
    this.#grantPublish(relay, props.key);
    grantSend(dead.queue, props.key, relay);
    const delivery = new GradualDeployment(this, 'RelayDelivery', { pipeline, observability, of: relay, name: 'outbox-relay', userImpact: 'None at once: dashboards and follow-up work lag behind.', slowMilliseconds: props.sizes.outboxRelay.timeoutSeconds * 800 });
    new CfnEventSourceMapping(this, 'OutboxToRelay', {
      functionName: delivery.alias.functionArn,
      eventSourceArn: props.store.streamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 25,
      maximumRetryAttempts: 10,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      destinationConfig: { onFailure: { destination: dead.queue.queueArn } },
      filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'OUTBOX#' }] } } } }) }] },
    }).node.addDependency(relay);
    return delivery;
  }

  #interactions(props: EventFlowProps, dead: DeadLetterQueue): GradualDeployment {
    const { runtime, pipeline, observability } = props;
    const recorder = new ServiceFunction(this, 'Interactions', { runtime, name: 'interactions', description: 'Records each product event as a log line and metrics', size: props.sizes.interactions, deadLetters: dead.queue });
    grantSend(dead.queue, props.key, recorder);
    const delivery = new GradualDeployment(this, 'InteractionsDelivery', { pipeline, observability, of: recorder, name: 'interactions', userImpact: 'None at once: dashboards and alarms on answers go blind.', slowMilliseconds: props.sizes.interactions.timeoutSeconds * 800 });
    new Rule(this, 'ToInteractions', {
      eventBus: this.bus,
      description: 'Every product event to the interaction recorder',
      eventPattern: { source: [EVENT_SOURCE] },
      targets: [new LambdaFunction(delivery.alias, { retryAttempts: 20, maxEventAge: Duration.hours(6), deadLetterQueue: dead.queue })],
    });
    return delivery;
  }

  #sweep(props: EventFlowProps, dead: DeadLetterQueue): ServiceFunction {
    const sweep = new ServiceFunction(this, 'Sweep', { runtime: props.runtime, name: 'sweep', description: 'Closes idle conversations, expires claims, re-delivers the outbox', size: props.sizes.sweep, settings: sweepSettings(props.settings), deadLetters: dead.queue });
    grantSend(dead.queue, props.key, sweep);
    props.store.grantSweep(sweep);
    props.service.grantHandOver(sweep);
    this.#grantPublish(sweep, props.key);
    new Rule(this, 'EveryFiveMinutes', {
      description: 'Runs the sweep',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(sweep.function, { retryAttempts: 1, event: RuleTargetInput.fromObject({ sweep: true }), deadLetterQueue: dead.queue })],
    });
    new ServiceAlarm(this, 'SweepMissing', {
      observability: props.observability,
      name: 'sweep-missing',
      severity: 'ticket',
      userImpact: 'A turn that was interrupted stays without an answer; idle conversations stay open.',
      metric: new MathExpression({
        expression: 'invocations - errors',
        usingMetrics: { invocations: sweep.function.metricInvocations({ period: Duration.minutes(15) }), errors: sweep.function.metricErrors({ period: Duration.minutes(15) }) },
        period: Duration.minutes(15),
        label: 'Sweeps that ended well',
      }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      missingData: { treat: TreatMissingData.BREACHING, because: 'no data means that the schedule does not run; this alarm therefore also goes off when the environment is made, until the sweep has run for the first time.' },
    });
    return sweep;
  }

  #grantPublish(fn: ServiceFunction, key: IKey): void {
    fn.allow(['events:PutEvents'], [this.bus.eventBusArn]);
    fn.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], { StringEquals: { 'kms:ViaService': `events.${Aws.REGION}.amazonaws.com` } });
    fn.tell(ENV.eventBus, this.bus.eventBusName);
  }

  #alarms(props: EventFlowProps): void {
    const sum = (metricName: MetricName, period = Duration.minutes(5)): Metric => estateMetric(props.prefix, metricName, { statistic: Stats.SUM, period });
    const { period, minimumTurns } = fallbackWatch(props.contactsPerMonth);
    new ServiceAlarm(this, 'FallbackRate', {
      observability: props.observability,
      name: 'fallback-rate',
      severity: 'page',
      userImpact: 'The bot says that it cannot help far more often than usual.',
      metric: new MathExpression({
        expression: `IF(turns >= ${minimumTurns}, 100 * FILL(fallbacks, 0) / turns, 0)`,
        usingMetrics: { turns: sum(METRICS.turns, period), fallbacks: sum(METRICS.fallbacks, period) },
        period,
        label: 'Fallback rate, percent',
      }),
      threshold: props.thresholds.fallbackPercent,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'nobody talks to the bot; other alarms watch whether they could.' },
    });
    new ServiceAlarm(this, 'FirstContentSlow', {
      observability: props.observability,
      name: 'first-content-slow',
      severity: 'ticket',
      userImpact: 'One user in a hundred stares at nothing for longer than promised, before the first words or a "pending" come.',
      metric: estateMetric(props.prefix, METRICS.firstContentMilliseconds, { statistic: Stats.percentile(99), period: Duration.minutes(5) }),
      threshold: props.thresholds.firstContentMilliseconds,
      periods: 3,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'nobody talks to the bot; other alarms watch whether they could.' },
    });
    new ServiceAlarm(this, 'ModelFailures', {
      observability: props.observability,
      name: 'model-failures',
      severity: 'ticket',
      userImpact: 'Replies are quotations from the knowledge base, because the model does not answer.',
      metric: sum(METRICS.modelFailures),
      threshold: 10,
      periods: 2,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'the metric exists only when a model call failed.' },
    });
    new ServiceAlarm(this, 'FailedTurns', {
      observability: props.observability,
      name: 'failed-turns',
      severity: 'page',
      userImpact: 'Messages that were accepted got no answer.',
      metric: sum(METRICS.failedTurns),
      threshold: 1,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'the metric exists only when a turn failed.' },
    });
  }
}
