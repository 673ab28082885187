import type { EventBase } from '../../contracts/events.ts';
import type { Head } from './types.ts';

/** What every event of a conversation carries. `now` in epoch milliseconds. */
export function eventBase(head: Head, eventId: string, release: string, now: number): EventBase {
  const { conversationId, locale, channel, synthetic } = head;
  return { eventId, conversationId, at: new Date(now).toISOString(), locale, channel, release, synthetic };
}
