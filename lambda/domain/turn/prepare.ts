import { decide } from '../answer/decide.ts';
import type { Decided } from '../answer/extractive.ts';
import type { Model } from '../answer/ports.ts';
import { NO_RESERVATION, type Reservation } from '../conversation/claim.ts';
import type { DataKey, Exchange, Head } from '../conversation/types.ts';
import { decodeWindow } from '../conversation/window.ts';
import { windowPlace } from './places.ts';
import type { TurnDependencies } from './types.ts';

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
  /** Worst case of answering. */
  readonly reservation: Reservation;
}

/** Opens the history, screens and retrieves. Needs no claim, so that nothing is acknowledged which cannot be answered. */
export async function prepare(deps: TurnDependencies, head: Head, key: DataKey, text: string): Promise<Prepared> {
  const history = head.window === undefined ? [] : decodeWindow(deps.cipher.open(key, windowPlace(head.conversationId), head.window));
  const retriever = await deps.retriever();
  const decided = decide(retriever, { text, locale: head.locale, history }, deps.settings);
  const prepared = { text, history, decided, knowledgeVersion: retriever.version };
  if (deps.model === undefined || deps.settings.model.provider !== 'bedrock' || decided.passages.length === 0) return { ...prepared, modelMissing: false, reservation: NO_RESERVATION };
  try {
    const model = await deps.model();
    return { ...prepared, model, modelMissing: false, reservation: model.worstCase };
  } catch {
    return { ...prepared, modelMissing: true, reservation: NO_RESERVATION };
  }
}
