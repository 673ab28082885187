import type { ClaimWrite, CommitWrite, ConversationStore, Due, WriteOutcome } from '../../../lambda/domain/conversation/ports.ts';
import type { Claim, Head, IdempotencyRecord, OutboxEvent, SubjectId, Turn, WrappedKey } from '../../../lambda/domain/conversation/types.ts';

/** What is stored of feedback. */
export type StoredFeedback = Parameters<ConversationStore['saveFeedback']>[1];

/** A store in memory with the conditions of the real one, and its content for tests to look at. */
export interface MemoryStore extends ConversationStore {
  readonly heads: Map<string, Head>;
  readonly turns: Map<string, Turn>;
  readonly idempotency: Map<string, IdempotencyRecord>;
  readonly wrappedKeys: Map<SubjectId, WrappedKey>;
  readonly feedback: Map<string, StoredFeedback>;
  /** Every event that a write put into the outbox, published or not, in order. */
  readonly events: OutboxEvent[];
  /** Commits that went through, by `<conversation>/<turn>`. */
  readonly commits: string[];
  /** What subjects have used, by `<subject>/<UTC day>`. */
  readonly days: Map<string, DayUse>;
}

/** What a subject has used on a day: with what running turns reserved, and settled. */
export interface DayUse {
  readonly turns: number;
  readonly tokens: number;
  readonly microUsd: number;
  readonly settledTokens: number;
  readonly settledMicroUsd: number;
}

const turnKey = (conversationId: string, turn: number): string => `${conversationId}/${turn}`;
const without = ({ claim: _claim, idleAt: _idleAt, ...head }: Head): Head => head;

/** An empty store. Reads leave out what has expired at `now()`. */
export function memoryStore(now: () => number): MemoryStore {
  const heads = new Map<string, Head>();
  const turns = new Map<string, Turn>();
  const idempotency = new Map<string, IdempotencyRecord>();
  const wrappedKeys = new Map<SubjectId, WrappedKey>();
  const feedback = new Map<string, StoredFeedback>();
  const outbox = new Map<string, { conversationId: string; event: OutboxEvent; at: number }>();
  const events: OutboxEvent[] = [];
  const commits: string[] = [];
  const days = new Map<string, DayUse>();
  const living = <T extends { readonly expiresAt: number }>(item: T | undefined): T | undefined => (item !== undefined && item.expiresAt > now() ? item : undefined);
  const headAndKey = (conversationId: string, subject: SubjectId): { head?: Head; wrappedKey?: WrappedKey } => {
    const head = living(heads.get(conversationId));
    const wrappedKey = living(wrappedKeys.get(subject));
    return { ...(head !== undefined && { head }), ...(wrappedKey !== undefined && { wrappedKey }) };
  };
  const put = (conversationId: string, added: readonly OutboxEvent[]): void => {
    for (const event of added) {
      events.push(event);
      outbox.set(event.detail.eventId, { conversationId, event, at: now() });
    }
  };
  const held = (conversationId: string, claim: Claim): Head | undefined => {
    const head = heads.get(conversationId);
    return head?.claim?.attempt === claim.attempt ? head : undefined;
  };

  return {
    heads,
    turns,
    idempotency,
    wrappedKeys,
    feedback,
    events,
    commits,
    days,
    async load(conversationId, subject, keyHash) {
      const record = living(idempotency.get(`${conversationId}/${keyHash}`));
      return { ...headAndKey(conversationId, subject), ...(record !== undefined && { idempotency: record }) };
    },
    async create(head, wrappedKey, added): Promise<WriteOutcome> {
      if (heads.has(head.conversationId)) return 'stale';
      const there = living(wrappedKeys.get(wrappedKey.subject));
      wrappedKeys.set(wrappedKey.subject, there === undefined ? wrappedKey : { ...there, expiresAt: Math.max(there.expiresAt, wrappedKey.expiresAt) });
      heads.set(head.conversationId, head);
      put(head.conversationId, added);
      return 'done';
    },
    async claim({ head: read, claim, turn, idempotency: record, idleAt, quota }: ClaimWrite) {
      const head = heads.get(read.conversationId);
      const recordKey = `${read.conversationId}/${record.keyHash}`;
      if (head === undefined || head.turn !== read.turn || head.claim !== undefined || head.state === 'closed') return 'stale';
      if (living(idempotency.get(recordKey)) !== undefined || turns.has(turnKey(read.conversationId, claim.turn))) return 'stale';
      const day = days.get(`${head.subject}/${quota.day}`) ?? { turns: 0, tokens: 0, microUsd: 0, settledTokens: 0, settledMicroUsd: 0 };
      if (day.turns >= quota.turns || (day.turns > 0 && (day.tokens >= quota.tokens || day.microUsd >= quota.microUsd))) return day.turns >= quota.turns || day.settledTokens >= quota.tokens || day.settledMicroUsd >= quota.microUsd ? 'over-quota' : 'quota-reserved';
      days.set(`${head.subject}/${quota.day}`, { ...day, turns: day.turns + 1, tokens: day.tokens + claim.reservedTokens, microUsd: day.microUsd + claim.reservedMicroUsd });
      const spent = { spentTokens: head.spentTokens + claim.reservedTokens, spentMicroUsd: head.spentMicroUsd + claim.reservedMicroUsd };
      heads.set(read.conversationId, { ...head, ...spent, turn: claim.turn, claim, idleAt });
      turns.set(turnKey(read.conversationId, claim.turn), turn);
      idempotency.set(recordKey, record);
      return 'done';
    },
    async reclaim(conversationId, from, to) {
      const head = held(conversationId, from) ?? held(conversationId, to);
      if (head === undefined) return 'stale';
      heads.set(conversationId, { ...head, claim: to, idleAt: to.leaseUntil });
      return 'done';
    },
    async commit(write: CommitWrite) {
      const { conversationId, claim, status, state, expiresAt, idleAt, window, reply, explanation } = write;
      const head = held(conversationId, claim);
      const turn = turns.get(turnKey(conversationId, claim.turn));
      if (head === undefined || turn?.status !== 'pending') return 'stale';
      const spent = { spentTokens: head.spentTokens + write.spentTokens - claim.reservedTokens, spentMicroUsd: head.spentMicroUsd + write.spentMicroUsd - claim.reservedMicroUsd };
      heads.set(conversationId, { ...without(head), ...spent, state, expiresAt, ...(idleAt !== undefined && { idleAt }), ...(window !== undefined && { window }) });
      turns.set(turnKey(conversationId, claim.turn), { ...turn, status, state, expiresAt, ...(reply !== undefined && { reply }), ...(explanation !== undefined && { explanation }) });
      const day = days.get(`${write.subject}/${claim.quotaDay}`);
      if (day !== undefined) days.set(`${write.subject}/${claim.quotaDay}`, { ...day, tokens: day.tokens + write.spentTokens - claim.reservedTokens, microUsd: day.microUsd + write.spentMicroUsd - claim.reservedMicroUsd, settledTokens: day.settledTokens + write.spentTokens, settledMicroUsd: day.settledMicroUsd + write.spentMicroUsd });
      put(conversationId, write.events);
      commits.push(turnKey(conversationId, claim.turn));
      return 'done';
    },
    async readTurn(conversationId, turn) {
      return living(turns.get(turnKey(conversationId, turn)));
    },
    async transcript(conversationId, subject, after) {
      const head = living(heads.get(conversationId));
      const found = [...turns.values()].filter((turn) => turn.conversationId === conversationId && turn.turn > after && living(turn) !== undefined).toSorted((one, other) => one.turn - other.turn);
      return { ...headAndKey(conversationId, subject ?? head?.subject ?? ''), turns: found };
    },
    async saveFeedback(head, given, added) {
      feedback.set(given.id, given);
      put(head.conversationId, added);
    },
    async saveEvents(head, added) {
      put(head.conversationId, added);
    },
    async due(time, limit): Promise<Due> {
      const conversations = [...heads.values()].flatMap(({ conversationId, idleAt }) => (idleAt !== undefined && idleAt <= time ? [{ conversationId, idleAt }] : []));
      const unpublished = [...outbox.values()].filter(({ at }) => at + 60_000 <= time).map(({ conversationId, event, at }) => ({ conversationId, event, idleAt: at }));
      const oldest = <T extends { readonly idleAt: number }>(items: readonly T[]): T[] => items.toSorted((one, other) => one.idleAt - other.idleAt);
      return { items: oldest([...oldest(conversations).slice(0, limit), ...oldest(unpublished).slice(0, limit)]), unreadable: [] };
    },
    async close(read, _reason, added) {
      const head = heads.get(read.conversationId);
      if (head === undefined || head.idleAt !== read.idleAt || head.claim !== undefined || head.state === 'closed') return 'stale';
      heads.set(read.conversationId, { ...without(head), state: 'closed' });
      put(read.conversationId, added);
      return 'done';
    },
    async head(conversationId) {
      return living(heads.get(conversationId));
    },
    async published(_conversationId, eventId) {
      outbox.delete(eventId);
    },
  };
}
