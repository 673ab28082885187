import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toStreamEvent } from '../../../pages/chat/shapes.ts';

const reply = { kind: 'answer', text: 'Yes.', sources: [] };

describe('toStreamEvent', () => {
  it.each([
    ['turn', { messageId: 'm', turn: 1 }],
    ['delta', { text: 'Ye' }],
    ['pending', { messageId: 'm', turn: 1 }],
    ['reply', { messageId: 'm', turn: 1, reply, state: 'bot' }],
    ['reply', { messageId: 'm', turn: 1, reply: { kind: 'pending' }, state: 'bot' }],
    ['error', { type: 'about:blank', title: 'Too Many Requests', status: 429 }],
  ])('reads %s %j', (event, data) => {
    expect(toStreamEvent({ event, data: JSON.stringify(data) })).toEqual({ event, data });
  });

  it.each([
    ['delta', '{"text":1}'],
    ['turn', '{"turn":"1","messageId":"m"}'],
    ['reply', '{"messageId":"m","turn":1,"reply":{"kind":"answer"}}'],
    ['error', '{}'],
    ['delta', 'not json'],
    ['delta', 'null'],
    ['later-invention', '{}'],
  ])('passes over %s %s', (event, data) => {
    expect(toStreamEvent({ event, data })).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom('turn', 'delta', 'pending', 'reply', 'error', 'x'), fc.oneof(fc.json(), fc.string()), (event, data) => {
        toStreamEvent({ event, data });
      }),
    );
  });
});
