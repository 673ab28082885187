import type { Claim } from './types.ts';

/** Marks the attempt of a turn that waits on the queue: the worker may take it before its lease runs out, nobody else. */
const QUEUED = 'queued-';
/** Marks the attempt of the worker. */
const WORKER = 'worker-';

/**
 * Attempts of a turn that may ask the model: one while the client waits and two by the worker. Each may be cut before it says what it
 * used, so the claim reserves the worst case of all three; an attempt beyond them quotes.
 */
export const PAID_ATTEMPTS = 3;

/** What one attempt may use at worst. */
export interface Reservation {
  readonly tokens: number;
  readonly microUsd: number;
}

/** Reservation of a turn that no model answers. */
export const NO_RESERVATION: Reservation = { tokens: 0, microUsd: 0 };

/** A first claim on a turn. Times are epoch milliseconds. @param reservation worst case of one attempt */
export function newClaim(turn: number, attempt: string, now: number, leaseSeconds: number, reservation: Reservation, quotaDay: string): Claim {
  return { turn, attempt, leaseUntil: now + leaseSeconds * 1000, reservedTokens: PAID_ATTEMPTS * reservation.tokens, reservedMicroUsd: PAID_ATTEMPTS * reservation.microUsd, quotaDay };
}

/**
 * The same claim for another attempt, with a lease of its own; what was reserved stays reserved. The attempt before may have
 * called the model without learning what that used, so its worst case counts as used; a turn that only waited used nothing.
 */
export function takeOver(claim: Claim, attempt: string, now: number, leaseSeconds: number): Claim {
  const used = isQueued(claim) ? usedBefore(claim) : usedAtWorst(claim);
  return { ...claim, attempt, leaseUntil: now + leaseSeconds * 1000, usedTokens: used.tokens, usedMicroUsd: used.microUsd };
}

/** What the attempts before this one may have used. */
export function usedBefore({ usedTokens = 0, usedMicroUsd = 0 }: Claim): Reservation {
  return { tokens: usedTokens, microUsd: usedMicroUsd };
}

/** What the attempts up to this one may have used, when nobody knows: never more than was reserved, because no further attempt asks the model. */
export function usedAtWorst(claim: Claim): Reservation {
  const { tokens, microUsd } = usedBefore(claim);
  return {
    tokens: Math.min(claim.reservedTokens, tokens + Math.ceil(claim.reservedTokens / PAID_ATTEMPTS)),
    microUsd: Math.min(claim.reservedMicroUsd, microUsd + Math.ceil(claim.reservedMicroUsd / PAID_ATTEMPTS)),
  };
}

/** Whether what is reserved leaves room for another attempt that asks the model. */
export function mayAskModel(claim: Claim): boolean {
  return usedBefore(claim).tokens + Math.ceil(claim.reservedTokens / PAID_ATTEMPTS) <= claim.reservedTokens;
}

/** The claim of a turn that goes to the queue. */
export function handOver(claim: Claim, attempt: string, now: number, leaseSeconds: number): Claim {
  return takeOver(claim, QUEUED + attempt, now, leaseSeconds);
}

/** The claim of a turn that the worker has taken from the queue. */
export function workerClaim(claim: Claim, attempt: string, now: number, leaseSeconds: number): Claim {
  return takeOver(claim, WORKER + attempt, now, leaseSeconds);
}

/** Whether the turn is with the worker, waiting or running: whoever asks for it is told `pending`. */
export function isHandedOver(claim: Claim): boolean {
  return isQueued(claim) || claim.attempt.startsWith(WORKER);
}

/** Whether the turn waits on the queue for the worker. */
export function isQueued(claim: Claim): boolean {
  return claim.attempt.startsWith(QUEUED);
}

/** Whether the claim's attempt may still be running. */
export function isLive(claim: Claim, now: number): boolean {
  return claim.leaseUntil > now;
}

/** Seconds after which trying again makes sense: when the lease has run out, at least one. */
export function retryAfterSeconds(claim: Claim, now: number): number {
  return Math.max(1, Math.ceil((claim.leaseUntil - now) / 1000));
}
