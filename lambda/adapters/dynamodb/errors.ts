import { StoreUnavailable } from '../../domain/errors.ts';
import { ServiceError } from '../aws/service-error.ts';

/** Why a conditional write did not happen. `conflict`: another write of the same items was under way. */
export type Refusal = 'condition' | 'conflict';

/** Name of an error, as the service gives it. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

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
