/** The store did not answer in time or refused for its own reasons; the caller gets 503 and the message is not acknowledged. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The store will never take a write: it is too large, or breaks a rule. Not worth another try: the turn must end in another way. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
}

/** The key service did not answer, or refuses to open a key. */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable';
}

/** The model did not answer in time, throttled or refused; the extractive answerer stands in. */
export class ModelUnavailable extends Error {
  override readonly name = 'ModelUnavailable';
  /** Whether it may have used tokens: false for a call that was not made, or that was refused before the model saw it. */
  readonly mayHaveUsed: boolean;

  constructor(message: string, { mayHaveUsed = true, ...options }: ErrorOptions & { readonly mayHaveUsed?: boolean } = {}) {
    super(message, options);
    this.mayHaveUsed = mayHaveUsed;
  }
}

/** Sealed text, or the place that it was read from, was changed. */
export class TamperedText extends Error {
  override readonly name = 'TamperedText';
}

/** A dependency beside the store (queue, bus, secrets) did not answer in time. */
export class DependencyUnavailable extends Error {
  override readonly name = 'DependencyUnavailable';
}

/** Whether something that the turn needs does not answer: worth a 503 and another try, unlike a bug. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof KeyUnavailable || error instanceof DependencyUnavailable;
}
