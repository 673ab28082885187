import type { StoredOutboxEvent } from '../../domain/conversation/ports.ts';
import type { Item } from './attributes.ts';
import { OUTBOX } from './keys.ts';
import { readOutbox } from './records.ts';

/**
 * Outbox item in a stream record's image; undefined for any other item. Strings and numbers are the same there as on the wire.
 * @throws TypeError, SyntaxError for an outbox item that cannot be read
 */
export function readStreamImage(image: unknown): StoredOutboxEvent | undefined {
  return isItem(image) && image['sk']?.S?.startsWith(OUTBOX) === true ? readOutbox(image) : undefined;
}

const isItem = (image: unknown): image is Item => typeof image === 'object' && image !== null;
