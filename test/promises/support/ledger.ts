import { expect } from 'vitest';
import { mostUsed } from '../../../lambda/domain/answer/outcome.ts';
import type { Model, ModelChunk } from '../../../lambda/domain/answer/ports.ts';
import type { ClaimOutcome } from '../../../lambda/domain/conversation/ports.ts';
import type { World } from '../../support/fakes/turn.ts';

/** Tokens and millionths of a USD. */
export interface Amount {
  readonly tokens: number;
  readonly microUsd: number;
}

/** A turn that was admitted: what it reserved, and what it used once it is settled. */
interface Admitted {
  readonly conversationId: string;
  readonly reserved: Amount;
  used?: Amount;
}

/** Books kept beside the store, from its writes alone. */
export interface Ledger {
  /** Every admitted turn, in the order in which they were admitted. */
  readonly admitted: readonly Admitted[];
  /** What the store said to the last claim of a conversation. */
  readonly said: ReadonlyMap<string, ClaimOutcome>;
  /** Most turns that were under way at the same moment. */
  readonly atOnce: number;
}

const NOTHING: Amount = { tokens: 0, microUsd: 0 };
const plus = (one: Amount, other: Amount): Amount => ({ tokens: one.tokens + other.tokens, microUsd: one.microUsd + other.microUsd });

/** Sum of what turns used; of one that is not settled, what it reserved. */
export const bookedOf = (turns: readonly Admitted[]): Amount => turns.reduce((sum, { used, reserved }) => plus(sum, used ?? reserved), NOTHING);

/** The same world, whose every claim and commit of subject `s1` is booked; after each, day and heads must say what the books say. */
export function withLedger(around: World): World & { readonly ledger: Ledger } {
  const admitted: Admitted[] = [];
  const turns = new Map<string, Admitted>();
  const said = new Map<string, ClaimOutcome>();
  let atOnce = 0;
  const { store } = around;
  const agree = (): void => {
    const { tokens, microUsd } = [...store.days.values()][0] ?? NOTHING;
    expect({ tokens, microUsd }, 'the day holds what turns used, and what running ones reserved').toEqual(bookedOf(admitted));
    for (const { conversationId, spentTokens, spentMicroUsd } of store.heads.values()) {
      expect({ tokens: spentTokens, microUsd: spentMicroUsd }, `and so does ${conversationId}`).toEqual(bookedOf(admitted.filter((turn) => turn.conversationId === conversationId)));
    }
  };
  const watched: World['store'] = {
    ...store,
    async claim(write) {
      const outcome = await store.claim(write);
      const { conversationId } = write.head;
      said.set(conversationId, outcome);
      if (outcome !== 'done') return outcome;
      const turn: Admitted = { conversationId, reserved: { tokens: write.claim.reservedTokens, microUsd: write.claim.reservedMicroUsd } };
      admitted.push(turn);
      turns.set(`${conversationId}/${write.claim.turn}`, turn);
      atOnce = Math.max(atOnce, admitted.filter(({ used }) => used === undefined).length);
      agree();
      return outcome;
    },
    async commit(write) {
      const outcome = await store.commit(write);
      const turn = turns.get(`${write.conversationId}/${write.claim.turn}`);
      if (outcome !== 'done' || turn === undefined) return outcome;
      turn.used = { tokens: write.spentTokens, microUsd: write.spentMicroUsd };
      expect(turn.used.tokens, 'a turn uses no more tokens than it reserved').toBeLessThanOrEqual(turn.reserved.tokens);
      expect(turn.used.microUsd, 'nor more money').toBeLessThanOrEqual(turn.reserved.microUsd);
      agree();
      return outcome;
    },
  };
  return { ...around, deps: { ...around.deps, store: watched }, ledger: { admitted, said, get atOnce() { return atOnce; } } };
}

/** What turns exceed a limit by without the last of them must be nothing: nobody is admitted at or over a limit. */
export function expectOneTurnOverAtMost(turns: readonly Admitted[], limit: Amount): void {
  if (turns.length < 2) return;
  const before = bookedOf(turns.slice(0, -1));
  expect(before.tokens, 'tokens, but for the last turn').toBeLessThan(limit.tokens);
  expect(before.microUsd, 'money, but for the last turn').toBeLessThan(limit.microUsd);
}

/** The same model, each of whose calls uses a share (0-1) of what it may use at worst. */
export function using(share: number, model: Model): Model {
  return {
    ...model,
    async *stream(request): AsyncGenerator<ModelChunk> {
      const { inputTokens, outputTokens } = mostUsed(model, request);
      for await (const chunk of model.stream(request)) yield chunk.type === 'end' ? { ...chunk, inputTokens: Math.ceil(inputTokens * share), outputTokens: Math.floor(outputTokens * share) } : chunk;
    },
  };
}
