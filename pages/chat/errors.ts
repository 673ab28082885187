import type { Failure } from './outcome.ts';
import type { Strings } from './strings.ts';

/** Says in a sentence for the visitor what went wrong, and what happens now or what they can do. */
export function failureSentence(failure: Failure, strings: Strings, online: boolean): string {
  const { errors } = strings;
  if (failure.kind === 'network') return online ? errors.network : errors.offline;
  switch (failure.status) {
    case 400:
    case 415:
    case 422:
      return errors.invalid;
    case 401:
      return errors.expired;
    case 403:
      return errors.refused;
    case 404:
    case 410:
      return errors.notFound;
    case 409:
      return failure.retryAfterSeconds === undefined ? errors.closed : errors.running;
    case 413:
      return errors.tooLong;
    case 429:
      return errors.tooMany;
    case 502:
    case 503:
    case 504:
      return errors.unavailable;
    default:
      return errors.unexpected;
  }
}
