import { expect } from 'vitest';

/** Holds a summary to what a pull request may show: at most 60 lines, and none of its text markup, mention, reference or link. */
export function checkMarkdown(text: string): void {
  const lines = text.split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
  expect(text).not.toMatch(/[<>]/);
  expect(text.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu)?.filter((character) => character !== '\n' && character !== '\u200C' && character !== '\u200D') ?? []).toEqual([]);
  for (const line of lines) {
    const own = line.replace(/^(?:#{2,3} |- \*\*[a-zA-Z ]+\*\* |- )/, '').replaceAll(/`(?:index\.html|findings\.csv|results\.sarif|assessment-results\.oscal\.json)`/g, '');
    const cells = /^\|.*\|$/.test(line) ? own.replaceAll(/(?<!\\)\|/g, '').replaceAll('--:', '').replace('---', '') : own;
    const bare = cells.replaceAll(/\\[\\`*_{}[\]()|~!$^+-]/g, '').replaceAll('&amp;', '').replaceAll('&lt;', '').replaceAll('&gt;', '').replaceAll('&#8203;', '\u200B');
    expect(bare).not.toMatch(/[\\`*_[\]|~&]/);
    expect(bare).not.toMatch(/[@#][^\s\u200B]|:\/\/|www\./i);
    if (line.startsWith('|')) expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(9);
  }
}
