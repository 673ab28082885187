import type { OrderSettings } from '../../contracts/settings.ts';
import { OVER } from '../resilience/over.ts';
import { type Decided, type Question, sourceOf } from '../answer/extractive.ts';
import { orderNumbers } from './order-number.ts';
import type { OrderReader } from './order.ts';
import { ORDER_STATUS_TOOL, orderStatusTool } from './order-status.ts';
import { openToolbox } from './toolbox.ts';
import type { ConversationRights, Toolbox, ToolResult } from './types.ts';

/** What the tools of a turn are made of. */
export interface TurnTools {
  /** @default - no order system: no tool */
  readonly orders?: OrderReader | undefined;
  /** @default - no order system: no tool */
  readonly settings?: OrderSettings | undefined;
  readonly rights: ConversationRights;
  /** Locale of the conversation. */
  readonly locale: string;
}

/** The toolbox of one turn: order status where an order system is configured. */
export function turnToolbox({ orders, settings, rights, locale }: TurnTools): Toolbox {
  return openToolbox({ tools: orders === undefined || settings === undefined ? [] : [orderStatusTool({ orders, settings, locale })], rights });
}

/** A question that was decided without tools. */
export interface DecidedQuestion {
  readonly decided: Decided;
  readonly question: Pick<Question, 'text'>;
  readonly toolbox: Toolbox;
  /** @default - no order system: what was decided stands */
  readonly settings?: OrderSettings | undefined;
  readonly humanContact: string;
  /** Aborted when the turn waits for it no longer; what was decided stands then. */
  readonly signal: AbortSignal;
}

/** Rules after which an order may be looked up: never after a wish for a human, or for our instructions. */
const MAY_LOOK_UP: ReadonlySet<string> = new Set(['cited-passage', 'cited-passages', 'below-scope-threshold', 'use-case-not-offered', 'no-words', 'knowledge-unavailable']);
/** Rule of a reply that says that there is no such order. */
export const ORDER_NOT_FOUND_RULE = 'order-not-found';

/** Passages that a reply rests on, at the most. */
const PASSAGES = 5;

/**
 * Answers with the status of the order that a question names, when the conversation may read it: alone when it is asked for, and before
 * the quoted articles when they are about orders otherwise. What was decided stands when the order system does not answer. Never throws.
 */
export async function withOrderStatus({ decided, question, toolbox, settings, humanContact, signal }: DecidedQuestion): Promise<Decided> {
  if (settings === undefined || !MAY_LOOK_UP.has(decided.rule) || !toolbox.specs.some(({ name }) => name === ORDER_STATUS_TOOL)) return decided;
  const orderNumber = orderNumbers(settings).only(question.text);
  if (orderNumber === undefined) return decided;
  const asked = asksForStatus(question.text, settings);
  if (!asked && !settings.useCases.includes(decided.useCase)) return decided;
  const found = await toolbox.use({ id: 'rule', name: ORDER_STATUS_TOOL, input: JSON.stringify({ orderNumber }) }, signal);
  if (found.evidence !== undefined) return answered(decided, found.evidence, asked);
  return found.nothing === true ? notFound(decided, found, humanContact) : decided;
}

/** Time of the caller's. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** As {@link withOrderStatus}, until a moment (epoch milliseconds) at which the answer must not wait for an order any longer. */
export async function withOrderStatusUntil({ now, wait }: Clock, until: number, question: Omit<DecidedQuestion, 'signal'>): Promise<Decided> {
  const stop = new AbortController();
  const timer = new AbortController();
  void wait(Math.max(0, until - now()), timer.signal).then(() => (timer.signal.aborted ? undefined : stop.abort()));
  try {
    return await withOrderStatus({ ...question, signal: stop.signal });
  } finally {
    timer.abort(OVER);
  }
}

function answered(decided: Decided, evidence: NonNullable<ToolResult['evidence']>, alone: boolean): Decided {
  const more = alone || decided.reply.kind !== 'answer' ? undefined : decided.reply;
  return {
    ...decided,
    reply: {
      kind: 'answer',
      text: more === undefined ? evidence.text : `${evidence.text}\n\n${more.text}`,
      sources: [sourceOf(evidence), ...(more?.sources ?? [])],
    },
    useCase: evidence.useCase,
    rule: 'order-status',
    passages: [{ passage: evidence, score: 1, coverage: 1 }, ...decided.passages].slice(0, PASSAGES),
  };
}

/** An honest word about the order, then what would have been said without it. */
function notFound(decided: Decided, { result }: ToolResult, humanContact: string): Decided {
  const reply = decided.reply.kind === 'answer' ? { ...decided.reply, text: `${result}\n\n${decided.reply.text}` } : { ...decided.reply, text: `${result} ${humanContact}`.trim() };
  return { ...decided, reply, rule: ORDER_NOT_FOUND_RULE };
}

/** Asks how far an order is, in the words that leave no doubt. */
const ASKS_FOR_STATUS = [
  /\b(?:where|wo)\b.{0,30}\b(?:order|parcel|package|delivery|bestellung|paket|lieferung|sendung)\b/,
  /\b(?:order|parcel|package|delivery|shipping|bestell|liefer|versand)[ -]?status\b/,
  /\bstatus\b.{0,30}\b(?:order|parcel|package|delivery|bestellung|paket|lieferung|sendung)\b/,
  /\b(?:track|check|look up)\b.{0,20}\b(?:order|parcel|package|delivery)\b/,
  /\b(?:bestellung|paket|lieferung|sendung)\b.{0,30}\b(?:verfolgen|unterwegs|verschickt|versendet)\b/,
  /\b(?:when|wann)\b.{0,40}\b(?:arrive|arrives|come|delivered|ship|ships|shipped|get here|kommt|ankommt|geliefert|verschickt)\b/,
  /\b(?:has|is|was|did|ist|wurde)\b.{0,40}\b(?:shipped|ship|delivered|dispatched|sent out|arrived|verschickt|versendet|zugestellt|angekommen)\b/,
];
/** Words that stand beside a number when it is all that somebody writes. */
const ONLY_A_NUMBER = /^(?:(?:my|the|it|is|its|order|number|no|nr|meine|die|lautet|bestellung|bestellnummer|nummer)(?: |$))*$/;

/** Whether a text that holds one order number asks for its status, or says nothing else. */
function asksForStatus(text: string, settings: OrderSettings): boolean {
  const numbers = orderNumbers(settings);
  const words = text.normalize('NFKC').toLowerCase().replace(/\p{Pd}/gu, '-').split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '');
  const plain = words.map((word) => (numbers.read(word) === undefined ? word : 'order')).join(' ');
  const rest = words.filter((word) => numbers.read(word) === undefined).join(' ');
  return ONLY_A_NUMBER.test(rest) || ASKS_FOR_STATUS.some((pattern) => pattern.test(plain));
}
