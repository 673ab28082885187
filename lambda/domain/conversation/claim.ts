import type { Claim } from './types.ts';

/** Marks the attempt of a turn that waits on the queue: the worker may take it before its lease runs out, nobody else. */
const QUEUED = 'queued-';
/** Marks the attempt of the worker. */
const WORKER = 'worker-';

/** What one model call may use at worst. */
export interface Reservation {
  readonly tokens: number;
  readonly microUsd: number;
}

/** Reservation of a turn that no model answers. */
export const NO_RESERVATION: Reservation = { tokens: 0, microUsd: 0 };

/** A first claim on a turn. Times are epoch milliseconds. */
export function newClaim(turn: number, attempt: string, now: number, leaseSeconds: number, reservation: Reservation): Claim {
  return { turn, attempt, leaseUntil: now + leaseSeconds * 1000, reservedTokens: reservation.tokens, reservedMicroUsd: reservation.microUsd };
}

/** The same claim for another attempt, with a lease of its own; what was reserved stays reserved. */
export function takeOver(claim: Claim, attempt: string, now: number, leaseSeconds: number): Claim {
  return { ...claim, attempt, leaseUntil: now + leaseSeconds * 1000 };
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
