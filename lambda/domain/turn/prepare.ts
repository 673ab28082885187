import { KNOWLEDGE_MILLISECONDS } from '../../contracts/budgets.ts';
import { decide } from '../answer/decide.ts';
import type { Decided } from '../answer/extractive.ts';
import { mostUsed } from '../answer/outcome.ts';
import type { Model } from '../answer/ports.ts';
import type { PromptRequest } from '../answer/prompt.ts';
import { MOST_CALLS } from '../answer/rounds.ts';
import { mayAskModel, NO_RESERVATION, type Reservation } from '../conversation/claim.ts';
import type { Claim, DataKey, Exchange, Head } from '../conversation/types.ts';
import { decodeWindow } from '../conversation/window.ts';
import type { Retriever } from '../knowledge/types.ts';
import { withoutOrderNumbers } from '../tools/order-number.ts';
import type { Toolbox } from '../tools/types.ts';
import { turnToolbox } from '../tools/with-order-status.ts';
import { inTime } from './in-time.ts';
import { windowPlace } from './places.ts';
import type { MissingPart, TurnDependencies } from './types.ts';

/** A message before it is answered: what would be said without a model, and the model that may say it better. */
export interface Prepared {
  readonly text: string;
  readonly history: readonly Exchange[];
  readonly decided: Decided;
  readonly knowledgeVersion: string;
  /** The model to ask; absent when the environment has none, the question is not for it, or it could not be loaded. */
  readonly model?: Model;
  /** A model should have been asked, and could not be loaded. */
  readonly modelMissing: boolean;
  /** Tools that the conversation may use. */
  readonly toolbox: Toolbox;
  /** Worst case of one attempt to answer. */
  readonly reservation: Reservation;
  /** What the answer had to do without, for the log. */
  readonly missing: readonly MissingPart[];
}

/** Rule of a reply that could not look anything up. */
export const NO_KNOWLEDGE_RULE = 'knowledge-unavailable';

/** Opens the history, screens and retrieves. Needs no claim, so that nothing is acknowledged which cannot be answered. */
export async function prepare(deps: TurnDependencies, head: Head, key: DataKey, text: string): Promise<Prepared> {
  const history = historyOf(deps, head, key);
  const retriever = await inTime(deps, deps.now() + KNOWLEDGE_MILLISECONDS, deps.retriever()).catch(() => undefined);
  // A number is a rare word: beside it the question itself would count for little.
  const question = withoutOrderNumbers(text, deps.settings.orders);
  const found = decide(retriever ?? NOTHING_KNOWN, { text: question, locale: head.locale, history: history ?? [] }, deps.settings);
  const decided = retriever === undefined && found.reply.kind === 'fallback' ? { ...found, rule: NO_KNOWLEDGE_RULE } : found;
  const missing: MissingPart[] = [...(history === undefined ? ['history' as const] : []), ...(retriever === undefined ? ['knowledge' as const] : [])];
  const toolbox = turnToolbox({ orders: deps.orders, settings: deps.settings.orders, rights: { subject: head.subject, identified: head.identified === true }, locale: head.locale });
  const prepared = { text, history: history ?? [], decided, toolbox, knowledgeVersion: retriever?.version ?? '', missing };
  if (deps.model === undefined || deps.settings.model.provider === 'extractive' || decided.passages.length === 0) return { ...prepared, modelMissing: false, reservation: NO_RESERVATION };
  try {
    const model = await deps.model();
    return { ...prepared, model, modelMissing: false, reservation: worstAttempt(model, toolbox, { question: text, history: prepared.history, passages: decided.passages, locale: head.locale }) };
  } catch {
    return { ...prepared, modelMissing: true, reservation: NO_RESERVATION };
  }
}

/** The same without the model when earlier attempts may have used what the turn reserved. */
export function withinReservation<T extends Prepared>(prepared: T, claim: Claim): T {
  return prepared.model === undefined || mayAskModel(claim) ? prepared : { ...prepared, model: undefined, modelMissing: true };
}

/** What one attempt uses at most: with tools it may call the model more than once. */
function worstAttempt(model: Model, { specs }: Toolbox, request: PromptRequest): Reservation {
  const offered = specs.length > 0;
  const { inputTokens, outputTokens, costMicroUsd } = mostUsed(model, offered ? { ...request, tools: specs } : request, offered ? MOST_CALLS : 1);
  return { tokens: inputTokens + outputTokens, microUsd: costMicroUsd };
}

/** Stands in for a knowledge base that cannot be read, or not in time: nothing is found, so that the visitor is offered a person. */
const NOTHING_KNOWN: Retriever = { version: '', find: () => [] };

/** History of the conversation; undefined when it does not open: the question is answered by itself then, and the log says so. */
function historyOf({ cipher }: TurnDependencies, { conversationId, window }: Head, key: DataKey): readonly Exchange[] | undefined {
  if (window === undefined) return [];
  try {
    return decodeWindow(cipher.open(key, windowPlace(conversationId), window));
  } catch {
    return undefined;
  }
}
