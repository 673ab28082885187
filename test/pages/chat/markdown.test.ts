import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from '../../../pages/chat/markdown.ts';
import type { Block, Line } from '../../../pages/chat/markdown.ts';

const plain = (text: string): Line => [{ type: 'text', text }];
const textOf = (line: Line): string => line.map(({ text }) => text).join('');
const linesOf = (block: Block): readonly Line[] => (block.type === 'paragraph' ? block.lines : block.items);

describe('parseMarkdown', () => {
  it('reads paragraphs, both kinds of list and bold', () => {
    expect(parseMarkdown('Within **30 days**:\n\n1. Open it\n2. **Print** it\n\n- one\n* two\nThe end\nof it')).toEqual([
      { type: 'paragraph', lines: [[{ type: 'text', text: 'Within ' }, { type: 'strong', text: '30 days' }, { type: 'text', text: ':' }]] },
      { type: 'ordered', start: 1, items: [plain('Open it'), [{ type: 'strong', text: 'Print' }, { type: 'text', text: ' it' }]] },
      { type: 'list', items: [plain('one'), plain('two')] },
      { type: 'paragraph', lines: [plain('The end'), plain('of it')] },
    ]);
  });

  it('goes on with a list over blank lines, and keeps the first number', () => {
    expect(parseMarkdown('3. three\n\n4. four')).toEqual([{ type: 'ordered', start: 3, items: [plain('three'), plain('four')] }]);
  });

  it.each(['**', '****', '** **', '2 ** 3 ** 4', '**open', 'a**', '** a**', '5 * 3 * 2', '_x_', '`x`'])('leaves %j as it was written', (text) => {
    expect(textOf(parseInline(text))).toBe(text);
    expect(parseInline(text).some(({ type }) => type === 'strong')).toBe(false);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[click](javascript:alert(1))',
    '![x](https://tracker.example/p.gif)',
    '</div><iframe srcdoc="x">',
    '&lt;b&gt; &#x3c;',
    '# Heading',
    '\u202Egnp.exe',
  ])('keeps %j as text', (text) => {
    expect(parseMarkdown(text)).toEqual([{ type: 'paragraph', lines: [plain(text)] }]);
  });

  it('makes nothing but its own blocks and never invents a character', () => {
    const hostile = fc.array(fc.constantFrom('**', '*', '- ', '1. ', '\n', '\r\n', ' ', '<b>', '](', 'javascript:', 'a', '💬', '\0', '999) '), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const blocks = parseMarkdown(text);
        const runs = blocks.flatMap(linesOf).flat();
        expect(blocks.every(({ type }) => ['paragraph', 'list', 'ordered'].includes(type))).toBe(true);
        expect(runs.every(({ type, text: run }) => ['text', 'strong'].includes(type) && text.includes(run))).toBe(true);
      }),
    );
  });

  it('reads a hundred thousand markers without slowing down or running out of stack', () => {
    const items = parseMarkdown('- **a** **\n'.repeat(100_000));
    expect(items).toHaveLength(1);
    expect(items[0]?.type === 'list' && items[0].items.length).toBe(100_000);
    expect(textOf(parseInline('**'.repeat(100_000)))).toHaveLength(200_000);
  });
});
