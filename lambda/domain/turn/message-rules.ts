import type { TurnSettings } from '../../contracts/settings.ts';
import { isIdempotencyKey } from '../conversation/idempotency.ts';
import { invalidIdempotencyKey, invalidInput, messageTooLong } from '../conversation/problems.ts';
import type { Problem } from '../../contracts/api.ts';
import type { IncomingMessage } from './types.ts';

/** What is wrong with a message by itself, before anything is looked up; undefined when nothing is. */
export function brokenRule({ text, idempotencyKey }: Pick<IncomingMessage, 'text' | 'idempotencyKey'>, settings: Pick<TurnSettings, 'maxMessageCharacters'>): Problem | undefined {
  if (!isIdempotencyKey(idempotencyKey)) return invalidIdempotencyKey();
  if (text.length > settings.maxMessageCharacters) return messageTooLong(text.length, settings.maxMessageCharacters);
  if (!text.isWellFormed()) return invalidInput([{ field: 'text', rule: 'must be well-formed Unicode (a surrogate stands alone)' }]);
  if (!/[^\s\p{C}]/u.test(text)) return invalidInput([{ field: 'text', rule: 'must hold more than white space' }]);
  return undefined;
}
