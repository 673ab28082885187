import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUESTION_CHARACTERS, MAX_TERMS, windowsOf } from '../../../../lambda/domain/knowledge/windows.ts';

const numbered = (prefix: string, count: number): string => Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(' ');

describe('the windows of a message', () => {
  it('are the whole of a short one', () => {
    expect(windowsOf('zip stuck, who can mend it')).toEqual([['zip', 'stuck', 'mend']]);
    expect(windowsOf('My zip is stuck. Can you mend it?')).toContainEqual(['zip', 'stuck', 'mend']);
    expect(windowsOf('the of and')).toEqual([]);
    expect(windowsOf('')).toEqual([]);
  });

  it('are the sentences that ask in a long one', () => {
    expect(windowsOf(`${numbered('a', 9)}. ${numbered('q', 7)}? ${numbered('b', 9)}.`)).toEqual([numbered('q', 7).split(' ')]);
  });

  it('are all sentences where none asks', () => {
    expect(new Set(windowsOf(`${numbered('a', 9)}. ${numbered('b', 9)}.`).flat()).size).toBe(18);
  });

  it('take neighbours in where a sentence says little', () => {
    expect(windowsOf(`${numbered('a', 9)}. q0 q1? ${numbered('b', 9)}.`)).toEqual([['q0', 'q1'], [...numbered('a', 9).split(' '), 'q0', 'q1'], ['q0', 'q1', ...numbered('b', 9).split(' ')]]);
    expect(windowsOf(`${numbered('a', 9)}. Who is q0? ${numbered('b', 9)}.`)).toEqual([[...numbered('a', 9).split(' '), 'q0'], ['q0', ...numbered('b', 9).split(' ')]]);
  });

  it('overlap within one long sentence', () => {
    const windows = windowsOf(numbered('w', 40));
    expect(windows.length).toBeGreaterThan(2);
    expect(new Set(windows.flat()).size).toBe(40);
    expect(windows[1]?.[0]).toBe('w8');
  });

  it('see the beginning and the end of a text that is too long', () => {
    const all = windowsOf(`alpha ${' '.repeat(MAX_QUESTION_CHARACTERS)} middle ${' '.repeat(MAX_QUESTION_CHARACTERS)} omega`).flat();
    expect(new Set(all)).toEqual(new Set(['alpha', 'omega']));
  });

  it('are bounded, distinct and never empty', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 200 }), fc.constantFrom('. ', '? ', ' ', '\n'), (parts, between) => {
        const windows = windowsOf(parts.join(between));
        for (const window of windows) {
          expect(window.length).toBeGreaterThan(0);
          expect(window.length).toBeLessThanOrEqual(16);
          expect(new Set(window).size).toBe(window.length);
        }
        expect(new Set(windows.flat()).size).toBeLessThanOrEqual(MAX_TERMS);
      }),
    );
    expect(new Set(windowsOf(numbered('w', 600)).flat()).size).toBe(MAX_TERMS);
  });
});
