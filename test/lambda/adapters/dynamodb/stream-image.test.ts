import { describe, expect, it } from 'vitest';
import { outboxItem } from '../../../../lambda/adapters/dynamodb/records.ts';
import { readStreamImage } from '../../../../lambda/adapters/dynamodb/stream-image.ts';
import { event, EXPIRY, START } from '../records.ts';

describe('stream image', () => {
  it('gives the event of an outbox item', () => {
    expect(readStreamImage(outboxItem('c1', event('e1'), START, EXPIRY))).toEqual({ conversationId: 'c1', event: event('e1') });
  });
  it.each([undefined, null, 'text', {}, { sk: { S: 'HEAD' } }, { sk: { N: '1' } }])('leaves out anything else: %j', (image) => {
    expect(readStreamImage(image)).toBeUndefined();
  });
  it('refuses an outbox item without a readable event', () => {
    expect(() => readStreamImage({ pk: { S: 'c' }, sk: { S: 'OUTBOX#1' } })).toThrow('has no event');
    expect(() => readStreamImage({ pk: { S: 'c' }, sk: { S: 'OUTBOX#1' }, event: { S: '{' } })).toThrow(SyntaxError);
  });
});
