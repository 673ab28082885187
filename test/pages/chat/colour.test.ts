import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, parseHexColour, textOn } from '../../../pages/chat/colour.ts';

describe('colour', () => {
  it('reads both lengths of hex and nothing else', () => {
    expect(parseHexColour('#1f5A8a')).toEqual([31, 90, 138]);
    expect(parseHexColour(' #fa0 ')).toEqual([255, 170, 0]);
    for (const other of ['red', '#12', '#12345', 'url(x)', '#ggg', '']) expect(parseHexColour(other)).toBeUndefined();
  });

  it('finds readable text on every colour', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (background) => {
        expect(contrast(background, parseHexColour(textOn(background)) ?? background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
