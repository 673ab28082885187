import type { CreateConversationRequest } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import { SCHEMA_VERSION, type Head } from './types.ts';

/** Cohort of an environment without a rollout. */
export const EVERYONE_COHORT = 'everyone';
/** Variant of an environment without an experiment. */
export const CONTROL_VARIANT = 'control';
/** Channel of a client that names none. */
export const DEFAULT_CHANNEL = 'web';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a new head is made of. */
export interface NewHead {
  readonly conversationId: string;
  readonly subject: string;
  /** Whether the subject has signed in. @default false */
  readonly identified?: boolean;
  /** SHA-256 of the resume token. @default - the conversation cannot be resumed */
  readonly resumeHash?: string;
  readonly request: CreateConversationRequest;
  readonly settings: TurnSettings;
  readonly release: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Head of a new conversation: expiry, disclosure and sweep time set, no turn yet. */
export function newHead({ conversationId, subject, identified = false, resumeHash, request, settings, release, now }: NewHead): Head {
  const locale = offeredLocale(request.locale, settings);
  const synthetic = request.synthetic === true;
  return {
    conversationId,
    schemaVersion: SCHEMA_VERSION,
    subject,
    ...(identified && { identified }),
    ...(resumeHash !== undefined && { resumeHash }),
    state: 'bot',
    turn: 0,
    release,
    cohort: EVERYONE_COHORT,
    variant: CONTROL_VARIANT,
    channel: request.channel ?? DEFAULT_CHANNEL,
    locale,
    purposes: { analytics: !synthetic, training: false },
    legalHold: false,
    synthetic,
    disclosure: settings.disclosure[locale] ?? '',
    createdAt: now,
    idleAt: idleAt(settings, now),
    expiresAt: expiry(settings, synthetic, now),
    spentMicroUsd: 0,
    spentTokens: 0,
  };
}

/**
 * When everything of a conversation expires. Fixed at its creation: a conversation that goes on does not outlive the
 * retention that its first message was promised. A synthetic one is gone within a day. In whole seconds, as it is stored,
 * so that every answer names the same moment.
 */
export function expiry(settings: Pick<TurnSettings, 'retentionDays' | 'syntheticRetentionHours'>, synthetic: boolean, now: number): number {
  const lifetime = synthetic ? Math.min(settings.syntheticRetentionHours, 24) * HOUR : settings.retentionDays * 24 * HOUR;
  return Math.floor((now + lifetime) / 1000) * 1000;
}

/** When a conversation without a further message counts as left. */
export function idleAt(settings: Pick<TurnSettings, 'idleMinutes'>, now: number): number {
  return now + settings.idleMinutes * MINUTE;
}

/** Whether this turn is the last that the conversation may have. */
export function reachesTurnLimit(turn: number, settings: Pick<TurnSettings, 'maxTurns'>): boolean {
  return turn >= settings.maxTurns;
}

/** The offered locale nearest to the one asked for: the same, then one of the same language, then the default. */
export function offeredLocale(asked: string | undefined, settings: Pick<TurnSettings, 'disclosure' | 'defaultLocale'>): string {
  if (asked === undefined) return settings.defaultLocale;
  const offered = Object.keys(settings.disclosure);
  const wanted = asked.toLowerCase();
  const language = wanted.split('-')[0];
  return (
    offered.find((locale) => locale.toLowerCase() === wanted) ??
    offered.find((locale) => locale.toLowerCase() === language) ??
    offered.find((locale) => locale.toLowerCase().split('-')[0] === language) ??
    settings.defaultLocale
  );
}
