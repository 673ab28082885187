import type { QuotaSettings } from '../../contracts/settings.ts';
import type { Head } from './types.ts';

const DAY = 24 * 3_600_000;

/** What a subject may still begin a turn under, and the day that the turn counts on. */
export interface SubjectQuota {
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  /** A turn is admitted while fewer turns are counted. */
  readonly turns: number;
  /** A turn is admitted while fewer tokens are spent or reserved. */
  readonly tokens: number;
  /** As `tokens`, in millionths of a USD. */
  readonly microUsd: number;
  /** When the day's count may go, epoch milliseconds: two days after the day, because a turn may settle after midnight. */
  readonly expiresAt: number;
}

/** The subject's quota for a turn that begins at `now` (epoch milliseconds). */
export function subjectQuota({ subject }: QuotaSettings, now: number): SubjectQuota {
  const { turnsPerDay, tokensPerDay, usdPerDay } = subject;
  return { day: dayOf(now), turns: turnsPerDay, tokens: tokensPerDay, microUsd: Math.round(usdPerDay * 1_000_000), expiresAt: quotaExpiry(dayOf(now)) };
}

/** When the count of a day may go, epoch milliseconds. @param day `YYYY-MM-DD` */
export function quotaExpiry(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + 3 * DAY;
}

/** Seconds until the next UTC day begins and the count starts anew: Retry-After of a subject over quota. */
export function secondsToNextDay(now: number): number {
  return Math.ceil((DAY - (now % DAY)) / 1000);
}

/** What a conversation has spent without the turn that runs: a head that was read after a claim holds its reservation. */
export function spentBefore({ spentTokens, spentMicroUsd, claim }: Pick<Head, 'spentTokens' | 'spentMicroUsd' | 'claim'>): { readonly tokens: number; readonly microUsd: number } {
  return { tokens: spentTokens - (claim?.reservedTokens ?? 0), microUsd: spentMicroUsd - (claim?.reservedMicroUsd ?? 0) };
}

/** Whether a conversation that has spent so much may have no further turn. */
export function isSpent(spent: { readonly tokens: number; readonly microUsd: number }, { conversation }: QuotaSettings): boolean {
  return spent.tokens >= conversation.tokens || spent.microUsd >= Math.round(conversation.usd * 1_000_000);
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
