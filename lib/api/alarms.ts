import { Aws, Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmsConfig, FirewallConfig } from '../../config/schema/index.ts';
import { metricNamespace } from '../../lambda/contracts/metrics.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { API_STAGE } from './stage.ts';

/** Thresholds that the alarms of the API take from the configuration. */
export type ApiThresholds = Pick<AlarmsConfig['thresholds'], 'errorPercent' | 'firstContentMilliseconds' | 'refusedTokens'>;

/** Props of {@link ApiAlarms}. */
export interface ApiAlarmsProps {
  readonly observability: Observability;
  readonly thresholds: ApiThresholds;
  /** Name of the API, as its metrics write it: `naming.prefix`. */
  readonly apiName: string;
  /** Where the API writes one line a request, in the format of {@link ACCESS_LOG_FORMAT}. */
  readonly accessLog: ILogGroup;
  readonly firewall: FirewallConfig;
  /** Name of the own web ACL. @default - no alarm on it: a web ACL that was brought is watched by its owner */
  readonly webAclName: string | undefined;
}

/** How many times the promise of first content a whole response may take. */
const WHOLE_RESPONSE_FACTOR = 5;

/**
 * Alarms on what clients see at the front door, whichever part behind it is to blame. The gateway's latency is of every route, the page's
 * files and health checks included, and ends with the last byte of a stream: it says nothing of the first words, which `first-content-slow`
 * watches where they leave.
 */
export class ApiAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const { observability, thresholds } = props;
    const quiet = { treat: TreatMissingData.NOT_BREACHING, because: 'an API that nobody calls has no data, and none of its clients is let down.' };
    const metric = (metricName: string, statistic: string, period: Duration): Metric =>
      new Metric({ namespace: 'AWS/ApiGateway', metricName, statistic, period, dimensionsMap: { ApiName: props.apiName, Stage: API_STAGE } });
    new ServiceAlarm(this, 'Errors', {
      observability,
      name: 'api-errors',
      severity: 'page',
      userImpact: 'Users get an error instead of a reply, and their page asks them to try again.',
      metric: new MathExpression({
        expression: 'IF(requests > 0, 100 * errors / requests, 0)',
        usingMetrics: { errors: metric('5XXError', Stats.SUM, Duration.minutes(1)), requests: metric('Count', Stats.SUM, Duration.minutes(1)) },
        period: Duration.minutes(1),
        label: 'Requests answered with 5xx, percent',
      }),
      threshold: thresholds.errorPercent,
      periods: 3,
      missingData: quiet,
    });
    new ServiceAlarm(this, 'Slow', {
      observability,
      name: 'api-slow',
      severity: 'ticket',
      userImpact: 'One request in a hundred takes very long until its last byte: replies end late, or the page loads slowly.',
      metric: metric('Latency', Stats.percentile(99), Duration.minutes(5)),
      threshold: WHOLE_RESPONSE_FACTOR * thresholds.firstContentMilliseconds,
      periods: 3,
      missingData: quiet,
    });
    this.#refused(props);
    if (props.webAclName !== undefined && props.firewall.enabled) this.#blocked(props, props.webAclName, props.firewall.requestsPerAddress);
  }

  /**
   * Tokens that the authorizer refused, counted out of the access log: it answers with a denial and throws nothing, so that its errors show none, and the
   * gateway's `4XXError` counts conversations that are gone, messages that were repeated and throttles as well.
   */
  #refused({ observability, thresholds, apiName, accessLog }: ApiAlarmsProps): void {
    const refused = new MetricFilter(this, 'RefusedTokens', { logGroup: accessLog, filterPattern: FilterPattern.stringValue('$.errorType', '=', 'ACCESS_DENIED'), metricNamespace: metricNamespace(apiName), metricName: 'RefusedTokens' });
    new ServiceAlarm(this, 'Refused', {
      observability,
      name: 'refused-tokens',
      severity: 'ticket',
      userImpact: 'None, if somebody tries tokens that are not his; or many users are turned away, because their tokens are taken for wrong.',
      metric: refused.metric({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: thresholds.refusedTokens,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'the filter counts a line only when a token was refused.' },
    });
  }

  /** As many blocked requests as one address may send at all: more than a client that runs into a limit by accident. */
  #blocked({ observability }: ApiAlarmsProps, webAclName: string, requestsPerAddress: number): void {
    new ServiceAlarm(this, 'Blocked', {
      observability,
      name: 'firewall-blocked',
      severity: 'ticket',
      userImpact: 'Either somebody floods the API, or many honest users behind one address are being turned away.',
      metric: new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        statistic: Stats.SUM,
        period: Duration.minutes(5),
        dimensionsMap: { WebACL: webAclName, Region: Aws.REGION, Rule: 'ALL' },
      }),
      threshold: requestsPerAddress,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'AWS WAF publishes nothing while it blocks nothing.' },
    });
  }
}
