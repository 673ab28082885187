import type { Wanted } from './sight.ts';
import type { Signal } from './signals.ts';
import type { Source } from './sources.ts';

/** What a breach shows itself by, and how an alarm on it is recognised. */
export interface Watch {
  /** E.g. `Mass reads`. */
  readonly part: string;
  /** Types of which an estate has at least one where there is something to watch. */
  readonly when: readonly string[];
  /** Metrics that are recognised, as a reviewer reads it. */
  readonly expected: string;
  /** Whether a metric is one by its own name. */
  readonly isMetric: (signal: Signal) => boolean;
  /** Whether a metric filter, or a rule of EventBridge, makes one. */
  readonly isSource: (source: Source) => boolean;
  /** What CloudTrail has to record for a source that sees it. */
  readonly wanted: (source: Source) => Wanted;
}

const DATA = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::OpenSearchService::Domain', 'AWS::OpenSearchServerless::Collection'];
/** Metrics of services, as `namespace/metric`. */
const READS = /^AWS\/(DynamoDB\/(ConsumedReadCapacityUnits|ReturnedItemCount|ReturnedBytes|ReturnedRecordsCount)|S3\/(BytesDownloaded|GetRequests|AllRequests|ListRequests)|RDS\/(SelectThroughput|ReadThroughput|ReadIOPS)|ES\/SearchRate|AOSS\/SearchRequestRate)$/;
const REFUSALS = /^AWS\/(ApiGateway\/(4XXError|4xx)|Cognito\/(AccountTakeOverRisk|CompromisedCredentialsRisk|OverrideBlock|Risk))$/i;
/** Calls that copy a store as a whole: management events. Those of items are data events. */
const COPIES = /^(Export|Restore|Enable|Put|Start|Create)/;

const custom = ({ namespace }: Signal): boolean => !namespace.startsWith('AWS/');
const called = ({ namespace, metric }: Signal): string => `${namespace}/${metric}`;
const nothing = (service: string) => (): Wanted => ({ service, reads: false, data: false });

/** The table of what is watched for (Art. 33 gives 72 hours from when it is known). */
export const WATCHES: readonly Watch[] = [
  {
    part: 'Mass reads',
    when: DATA,
    expected: 'an alarm on reads of a store (AWS/DynamoDB ConsumedReadCapacityUnits or ReturnedItemCount, AWS/S3 BytesDownloaded or GetRequests …), on a metric filter or a rule of EventBridge over Scan, Query, GetItem or GetObject, or on a metric of reads, exports, reveals or downloads',
    isMetric: (signal) => READS.test(called(signal)) || (custom(signal) && /((mass|bulk|unusual|excess)\w*reads?|reads?(per|by|of)|records?read|(item|message|conversation|object)s?read|downloads?|exports?$|exported|reveals?|exfiltrat)/i.test(signal.metric)),
    isSource: ({ pattern }) => /\b(Scan|Query|BatchGetItem|GetItem|ExecuteStatement|ExportTableToPointInTime|GetObject|ListObjects\w*)\b/.test(pattern),
    wanted: ({ events, pattern }) => ({ service: /\bs3\b/.test(pattern) ? 's3.amazonaws.com' : 'dynamodb.amazonaws.com', reads: false, data: !events.some((name) => COPIES.test(name)) }),
  },
  {
    part: 'Decrypt denials',
    when: ['AWS::KMS::Key'],
    expected: 'an alarm on a metric filter or a rule of EventBridge over denied calls of kms.amazonaws.com (AccessDenied, Decrypt), or on a metric of denied or failed decrypts',
    isMetric: (signal) => custom(signal) && /(decrypt|kms|key(use|access))/i.test(signal.metric) && /(den(y|ied|ial)|fail|error|unauthori|refus)/i.test(signal.metric),
    isSource: ({ pattern, events }) => /kms|decrypt/i.test(pattern) && /denied|unauthorized/i.test(pattern) && (events.length === 0 || events.some((name) => /decrypt/i.test(name) || (name.endsWith('*') && 'Decrypt'.startsWith(name.slice(0, -1))))),
    wanted: () => ({ service: 'kms.amazonaws.com', reads: true, data: false }),
  },
  {
    part: 'Authorizer failures',
    when: ['AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer', 'AWS::Cognito::UserPool'],
    expected: 'an alarm that counts refusals: on AWS/ApiGateway 4XXError, on risks of AWS/Cognito, on a metric filter over 401 or 403 in an access log, or on a metric of refused or failed sign-ins; errors of the authorizer’s function count none, for a refused token throws nothing',
    // Denied decryptions are denials too, but nobody signs in by them.
    isMetric: (signal) => REFUSALS.test(called(signal)) || (custom(signal) && /(auth|sign-?in|log-?in|token|access)/i.test(signal.metric) && /(den(y|ied|ial)|fail|reject|refus|unauthori|forbid|invalid)/i.test(signal.metric) && !/decrypt|kms/i.test(signal.metric)),
    isSource: ({ pattern, trail }) => (trail ? /NotAuthorizedException/i.test(pattern) : /(?<!(!|<|>)\s*=?\s*"?)\b(40[13]\b|4(0\*|\*|XX\b))|ACCESS_DENIED|unauthorized|forbidden|not ?authorized/i.test(pattern)),
    wanted: nothing('cognito-idp.amazonaws.com'),
  },
  {
    part: 'Guardrail interventions',
    when: ['AWS::Bedrock::Guardrail'],
    expected: 'an alarm on AWS/Bedrock/Guardrails InvocationsIntervened, or on a metric of guardrail interventions',
    isMetric: (signal) => called(signal) === 'AWS/Bedrock/Guardrails/InvocationsIntervened' || (custom(signal) && /guardrail|intervention|promptattack/i.test(signal.metric)),
    // CloudTrail records that a guardrail was asked or changed, not what it said.
    isSource: ({ pattern, trail }) => !trail && /guardrail/i.test(pattern),
    wanted: nothing('bedrock.amazonaws.com'),
  },
];
