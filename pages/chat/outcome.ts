import type { MessageResponse } from '../../lambda/contracts/api.ts';

/** Why a call did not work. `network`: no usable answer came. */
export type Failure =
  | { readonly kind: 'network' }
  | {
      readonly kind: 'problem';
      /** HTTP status, or the status of the stream's error event. */
      readonly status: number;
      /** What `Retry-After` said, in seconds; at least 1. */
      readonly retryAfterSeconds?: number;
    };

/** What became of a call. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** What became of a message that the server took: its reply, or the turn to ask for later. */
export type Sent = { readonly done: true; readonly response: MessageResponse } | { readonly done: false; readonly turn: number };
