/** Ids of the events that were counted lately, by this execution environment. */
export interface RecentEvents {
  has(eventId: string): boolean;
  /** Remembers an id; the oldest is forgotten when there are too many. */
  add(eventId: string): void;
}

/**
 * Remembers at most `limit` ids. Delivery is at least once, and most repeats come within seconds to the same environment: those are not
 * counted twice. One that reaches another environment is; nothing is billed from the figures, and a store of ids would cost more than it mends.
 */
export function recentEvents(limit: number): RecentEvents {
  // A Set keeps the order in which ids were added.
  const ids = new Set<string>();
  return {
    has: (eventId) => ids.has(eventId),
    add(eventId) {
      ids.add(eventId);
      const [oldest] = ids;
      if (ids.size > limit && oldest !== undefined) ids.delete(oldest);
    },
  };
}
