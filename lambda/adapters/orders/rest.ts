import { ORDER_MILLISECONDS } from '../../contracts/budgets.ts';
import { DependencyUnavailable } from '../../domain/errors.ts';
import { orderFrom, type OrderQuery, type OrderReader } from '../../domain/tools/order.ts';
import { readJson } from './read-json.ts';

/** Fetches a document. `globalThis.fetch` in production. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link restOrders}. */
export interface RestOrdersOptions {
  /** URL before `/orders/{number}`; https, or http on this machine. */
  readonly baseUrl: string;
  /** The key: as it is kept, and read anew after it was refused. */
  readonly key: { readonly get: () => Promise<string>; readonly refresh: () => Promise<string> };
  readonly fetch: Fetch;
  /** Waits so many milliseconds, or until the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds for a look-up in all, a second attempt included. @default 1,500 */
  readonly budgetMilliseconds?: number;
}

/** Attempts of one look-up. */
const ATTEMPTS = 2;
/** Share of the budget that the first attempt may use. */
const FIRST_SHARE = 0.6;
/** Longest pause before the second attempt, in milliseconds; any part of it is as likely. */
const PAUSE_MILLISECONDS = 50;
/** Quota of second attempts: five may be made in an outage, and ten look-ups that succeed earn another one. */
const QUOTA = 50;
const RETRY_COST = 10;
const SUCCESS_EARNS = 1;
/** Answers after which a second attempt may succeed. */
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);
const REFUSED: ReadonlySet<number> = new Set([401, 403]);

/** What one attempt came to: an answer, or a failure of which is said whether it may pass. */
type Attempt = { readonly kind: 'found'; readonly answer: unknown } | { readonly kind: 'none' } | { readonly kind: 'refused'; readonly status: number } | { readonly kind: 'failed'; readonly why: string; readonly passing: boolean };

/**
 * An order system that speaks REST: `GET {baseUrl}/orders/{number}`, for the subject in `X-Subject`. One attempt, and a second one for
 * what passes (no connection, 502-504, a key that was just changed), inside one budget; in an outage nearly none is repeated.
 * @throws TypeError when the URL is neither https nor on this machine
 */
export function restOrders({ baseUrl, key, fetch, wait, random, budgetMilliseconds = ORDER_MILLISECONDS }: RestOrdersOptions): OrderReader {
  const base = trusted(baseUrl);
  let quota = QUOTA;

  async function attempt({ orderNumber, subject }: OrderQuery, bearer: string, signal: AbortSignal): Promise<Attempt> {
    try {
      const response = await fetch(`${base}/orders/${encodeURIComponent(orderNumber)}`, {
        headers: { accept: 'application/json', 'accept-encoding': 'identity', authorization: `Bearer ${bearer}`, 'x-subject': subject },
        redirect: 'manual',
        signal,
      });
      if (response.status === 200) return { kind: 'found', answer: await readJson(response) };
      void response.body?.cancel().catch(() => undefined);
      if (response.status === 404) return { kind: 'none' };
      if (REFUSED.has(response.status)) return { kind: 'refused', status: response.status };
      return { kind: 'failed', why: `it answered ${response.status}`, passing: PASSING.has(response.status) };
    } catch (error) {
      if (error instanceof DependencyUnavailable) return { kind: 'failed', why: error.message, passing: false };
      // The error's own text may show headers, and so the key.
      return { kind: 'failed', why: 'there was no answer', passing: true };
    }
  }

  async function find(query: OrderQuery, budget: AbortSignal): Promise<unknown> {
    let bearer = await key.get();
    for (let left = ATTEMPTS - 1; ; left -= 1) {
      const patience = left > 0 ? AbortSignal.any([budget, AbortSignal.timeout(budgetMilliseconds * FIRST_SHARE)]) : budget;
      const outcome = await attempt(query, bearer, patience);
      if (outcome.kind === 'found' || outcome.kind === 'none') {
        quota = Math.min(QUOTA, quota + SUCCESS_EARNS);
        return outcome.kind === 'found' ? outcome.answer : undefined;
      }
      const again = left > 0 && quota >= RETRY_COST && !budget.aborted;
      if (outcome.kind === 'refused') {
        const renewed = await key.refresh();
        if (!again || renewed === bearer) throw new DependencyUnavailable(`The order system refuses the key (${outcome.status}).`);
        bearer = renewed;
      } else {
        if (!again || !outcome.passing) throw new DependencyUnavailable(`The order system could not be asked: ${outcome.why}.`);
        await wait(random() * PAUSE_MILLISECONDS, budget);
      }
      quota -= RETRY_COST;
    }
  }

  return {
    async find(query) {
      const budget = AbortSignal.any([query.signal, AbortSignal.timeout(budgetMilliseconds)]);
      const answer = await orAborted(find(query, budget), budget);
      return answer === undefined ? undefined : orderFrom(answer, query.orderNumber);
    },
  };
}

/** The key's reader has time-outs of its own, which are longer. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DependencyUnavailable('The order system did not answer in time.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** @throws TypeError */
function trusted(text: string): string {
  const { protocol, hostname } = new URL(text);
  const local = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol === 'https:' || (local && protocol === 'http:')) return text.replace(/\/+$/, '');
  throw new TypeError(`The order system is at ${text}, which is not an https URL.`);
}
