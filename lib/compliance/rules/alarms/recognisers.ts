import { valueAt } from '../../template/resolve.ts';
import type { Estate } from '../../template/types.ts';
import { referencesIn } from '../references.ts';
import type { Signal } from './signals.ts';

/** What a breach shows itself by, and how an alarm on it is recognised. */
export interface Watch {
  /** E.g. `Mass reads`. */
  readonly part: string;
  /** Types of which an estate has at least one where there is something to watch. */
  readonly when: readonly string[];
  /** Metrics that are recognised, as a reviewer reads it. */
  readonly expected: string;
  readonly fits: (signal: Signal, estate: Estate) => boolean;
}

const DATA = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::OpenSearchService::Domain', 'AWS::OpenSearchServerless::Collection'];
/** Metrics of services, as `namespace/metric`. */
const READS = /^AWS\/(DynamoDB\/(ConsumedReadCapacityUnits|ReturnedItemCount|ReturnedBytes|ReturnedRecordsCount)|S3\/(BytesDownloaded|GetRequests|AllRequests|ListRequests)|RDS\/(SelectThroughput|ReadThroughput|ReadIOPS)|ES\/SearchRate|AOSS\/SearchRequestRate)$/;
const AUTHORIZERS = ['AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer', 'AWS::Cognito::UserPool'];

const custom = ({ namespace }: Signal): boolean => !namespace.startsWith('AWS/');
const called = ({ namespace, metric }: Signal): string => `${namespace}/${metric}`;
const filtered = ({ patterns }: Signal, ...all: readonly RegExp[]): boolean => patterns.some((pattern) => all.every((one) => one.test(pattern)));

/** The table of what is watched for (Art. 33 gives 72 hours from when it is known). */
export const WATCHES: readonly Watch[] = [
  {
    part: 'Mass reads',
    when: DATA,
    expected: 'an alarm on reads of a store (AWS/DynamoDB ConsumedReadCapacityUnits or ReturnedItemCount, AWS/S3 BytesDownloaded or GetRequests …), on a metric filter or a rule of EventBridge over Scan, Query, GetItem or GetObject, or on a metric of reads, exports, reveals or downloads',
    fits: (signal) => READS.test(called(signal)) || filtered(signal, /\b(Scan|Query|BatchGetItem|GetItem|ExecuteStatement|ExportTableToPointInTime|GetObject|ListObjects\w*)\b/) || (custom(signal) && /((mass|bulk|unusual|excess)\w*reads?|reads?(per|by|of)|records?read|(item|message|conversation|object)s?read|downloads?|exports?$|exported|reveals?|exfiltrat)/i.test(signal.metric)),
  },
  {
    part: 'Decrypt denials',
    when: ['AWS::KMS::Key'],
    expected: 'an alarm on a metric filter or a rule of EventBridge over denied calls of kms.amazonaws.com (AccessDenied, Decrypt), or on a metric of denied or failed decrypts',
    fits: (signal) => filtered(signal, /kms|decrypt/i, /denied|unauthorized/i) || (custom(signal) && /(decrypt|kms|key(use|access))/i.test(signal.metric) && /(den(y|ied|ial)|fail|error|unauthori|refus)/i.test(signal.metric)),
  },
  {
    part: 'Authorizer failures',
    when: AUTHORIZERS,
    expected: 'an alarm on errors of the authorizer’s function, on AWS/ApiGateway 4XXError, on risks of AWS/Cognito, on a metric filter over 401 or 403, or on a metric of refused or failed sign-ins',
    fits: (signal, estate) =>
      (called(signal) === 'AWS/Lambda/Errors' && authorizerFunction(signal, estate)) ||
      /^AWS\/(ApiGateway\/4(XXError|xx)|Cognito\/(AccountTakeOverRisk|CompromisedCredentialsRisk|OverrideBlock|Risk|NoRisk|SignInThrottles))$/i.test(called(signal)) ||
      // Denied decryptions are denials too, but nobody signs in by them.
      filtered(signal, /\b40[13]\b|unauthorized|authorizer|accessdenied|signin|login/i, /^(?!.*(kms|decrypt))/is) ||
      (custom(signal) && /(auth|sign-?in|log-?in|token|access)/i.test(signal.metric) && /(den(y|ied|ial)|fail|reject|refus|unauthori|forbid|invalid)/i.test(signal.metric) && !/decrypt|kms/i.test(signal.metric)),
  },
  {
    part: 'Guardrail interventions',
    when: ['AWS::Bedrock::Guardrail'],
    expected: 'an alarm on AWS/Bedrock/Guardrails InvocationsIntervened, or on a metric of guardrail interventions',
    fits: (signal) => called(signal) === 'AWS/Bedrock/Guardrails/InvocationsIntervened' || filtered(signal, /guardrail/i) || (custom(signal) && /guardrail|intervention|promptattack/i.test(signal.metric)),
  },
];

/** Whether a metric is that of a function that an authorizer calls, or of a version or an alias of it. */
function authorizerFunction({ of }: Signal, estate: Estate): boolean {
  const called = estate.resources.filter(({ type }) => AUTHORIZERS.includes(type)).flatMap((authorizer) => referencesIn(valueAt(estate, authorizer, 'AuthorizerUri')));
  const functions = new Set(called.concat(called.filter(({ type }) => type === 'AWS::Lambda::Alias').flatMap((alias) => referencesIn(valueAt(estate, alias, 'FunctionName')))));
  return of.some((resource) => functions.has(resource));
}
