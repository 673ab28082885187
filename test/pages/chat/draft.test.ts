import { describe, expect, it } from 'vitest';
import { checkDraft, giveBack } from '../../../pages/chat/draft.ts';

describe('checkDraft', () => {
  it.each([
    ['', { sendable: false, left: 10, near: false }],
    [' \n ', { sendable: false, left: 7, near: false }],
    ['123456789', { sendable: true, left: 1, near: true }],
    ['1234567890', { sendable: true, left: 0, near: true }],
    ['12345678901', { sendable: false, left: -1, near: true }],
    ['🎈🎈🎈🎈🎈', { sendable: true, left: 0, near: true }],
  ])('%j under a limit of 10', (text, check) => {
    expect(checkDraft(text, 10)).toEqual(check);
  });

  it('gives a text back in front of what was typed since', () => {
    expect(giveBack(' ', 'first')).toBe('first');
    expect(giveBack('second', 'first')).toBe('first\nsecond');
  });
});
