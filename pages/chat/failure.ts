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
