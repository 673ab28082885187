import type { RetryErrorInfo } from './retry-strategy.ts';
import type { Answer } from './transport.ts';

/** What a service answered instead of a result. Named and marked as the AWS SDK does it, so that who judges errors need not know whose they are. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };
  /** Members of the answer, e.g. `CancellationReasons`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** When the service wants to be asked again, at the earliest. */
  readonly retryAfter?: Date;
  /** The service's clock and ours differ, which may be the reason. */
  readonly skewed: boolean;

  constructor(name: string, message: string, facts: Pick<ServiceError, '$metadata' | 'fields' | 'retryAfter' | 'skewed'>) {
    super(message);
    this.name = name;
    this.$metadata = facts.$metadata;
    this.fields = facts.fields;
    this.skewed = facts.skewed;
    if (facts.retryAfter !== undefined) this.retryAfter = facts.retryAfter;
  }
}

/** Error that an answer with a status of 300 or more stands for. @param skewed whether the service's clock and ours differ */
export function serviceError({ status, headers, body }: Answer, skewed: boolean): ServiceError {
  const fields = asObject(body);
  const type = single(headers['x-amzn-errortype']) ?? text(fields['__type']) ?? text(fields['code']);
  const requestId = single(headers['x-amzn-requestid']);
  const retryAfter = laterOf(single(headers['x-amz-retry-after']), 1) ?? laterOf(headers['retry-after'], 1_000);
  return new ServiceError(bareName(type) ?? `HTTP ${status}`, text(fields['message']) ?? text(fields['Message']) ?? 'The service gave no reason.', {
    $metadata: { httpStatusCode: status, ...(requestId === undefined ? {} : { requestId }) },
    fields,
    skewed,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** Errors by which services ask for fewer calls; the list of the AWS SDK. */
const THROTTLES: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
/** Errors that pass by themselves, beside the statuses below; the lists of the AWS SDK. */
const TRANSIENT: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'BrokenAnswer']);
const TRANSIENT_CODES: ReadonlySet<unknown> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** What a failed attempt means for another one. */
export function failureOf(error: unknown): RetryErrorInfo {
  if (!(error instanceof Error)) return { errorType: 'CLIENT_ERROR' };
  const refusal = error instanceof ServiceError ? error : undefined;
  const status = refusal?.$metadata.httpStatusCode ?? 0;
  const hint = refusal?.retryAfter === undefined ? {} : { retryAfterHint: refusal.retryAfter };
  if (status === 429 || THROTTLES.has(error.name)) return { errorType: 'THROTTLING', ...hint };
  const transient = refusal?.skewed === true || TRANSIENT.has(error.name) || TRANSIENT_STATUSES.has(status) || TRANSIENT_CODES.has(Reflect.get(error, 'code'));
  return { errorType: transient ? 'TRANSIENT' : status >= 500 ? 'SERVER_ERROR' : 'CLIENT_ERROR', ...hint };
}

/** `com.amazonaws.dynamodb.v20120810#Name:http://…` is how a type may come. */
const bareName = (type: string | undefined): string | undefined => type?.split('#').at(-1)?.split(':')[0] || undefined;
const single = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);
/** A header with a number of time units from now. */
const laterOf = (header: string | undefined, unit: number): Date | undefined => (/^\d{1,9}$/.test(header ?? '') ? new Date(Date.now() + Number(header) * unit) : undefined);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function asObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A proxy's page, for example: the status says enough.
    return {};
  }
}
