import { StoreUnavailable, WriteRefused } from '../../domain/errors.ts';
import { ServiceError } from '../aws/service-error.ts';

/** Why a conditional write did not happen. `conflict`: another write of the same items was under way. */
export type Refusal = 'condition' | 'conflict';

/** Name of an error, as the service gives it. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

/** Names and codes with which DynamoDB refuses what no other try mends: an item over 400 KB, or what breaks a rule of its API. */
const FINAL: ReadonlySet<string> = new Set(['ValidationException', 'ValidationError', 'SerializationException', 'ItemCollectionSizeLimitExceededException', 'ItemCollectionSizeLimitExceeded']);

/** The failure of a write as the domain's: whether another try may help. */
export function writeFailure(operation: string, error: unknown): StoreUnavailable | WriteRefused {
  const isFinal = [nameOf(error), ...(cancellationCodes(error) ?? [])].some((name) => FINAL.has(name));
  return isFinal ? new WriteRefused(`DynamoDB will never ${operation} this: it is too large, or not valid.`, { cause: error }) : storeUnavailable(operation, error);
}

/** Any failure as the domain's. */
export function storeUnavailable(operation: string, error: unknown): StoreUnavailable {
  return error instanceof StoreUnavailable ? error : new StoreUnavailable(`DynamoDB did not ${operation}: ${nameOf(error)}.`, { cause: error });
}

/** Codes of a cancelled transaction, one for each of its items; undefined for any other error. */
export function cancellationCodes(error: unknown): readonly string[] | undefined {
  if (!(error instanceof ServiceError) || error.name !== 'TransactionCanceledException') return undefined;
  const reasons = error.fields['CancellationReasons'];
  return Array.isArray(reasons) ? reasons.map((reason: { readonly Code?: string }) => reason.Code ?? 'None') : [];
}

/** Why a write was refused; undefined when it failed for another reason (then it may or may not have happened). */
export function refusalOf(error: unknown): Refusal | undefined {
  const codes = cancellationCodes(error);
  if (codes !== undefined) {
    if (codes.includes('ConditionalCheckFailed')) return 'condition';
    return codes.some((code) => code === 'TransactionConflict') && codes.every((code) => code === 'TransactionConflict' || code === 'None') ? 'conflict' : undefined;
  }
  if (nameOf(error) === 'ConditionalCheckFailedException') return 'condition';
  return nameOf(error) === 'TransactionConflictException' ? 'conflict' : undefined;
}
