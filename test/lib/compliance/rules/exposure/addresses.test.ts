import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areNarrow } from '../../../../../lib/compliance/rules/exposure/addresses.ts';

describe('addresses that are somebody’s', () => {
  it.each([
    [['203.0.113.7']], [['203.0.113.0/24', '198.51.100.0/24']], [['54.0.0.0/8']], [['54.0.0.0/9', '54.128.0.0/9']], [['54.0.0.0/8', '54.1.0.0/16', '54.0.0.0/8']],
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']], [['2001:db8::/32']], [['2001:db8::1']], [['2001:db8::/48', '203.0.113.0/24']], [['::ffff:203.0.113.7/128']],
  ])('%j', (cidrs) => expect(areNarrow(cidrs)).toBe(true));

  it.each([
    [['0.0.0.0/0']], [['::/0']], [['0.0.0.0/1', '128.0.0.0/1']], [['54.0.0.0/7']], [['54.0.0.0/8', '55.0.0.0/8']], [['203.0.113.0/24', '::/1']], [['2000::/3']], [['2001:db8::/31']],
    [['*']], [['203.0.113.0/33']], [['203.0.113.*']], [['203.0.113.0/24', 'anywhere']], [['2001:db8:::/32']], [['']],
  ])('not %j', (cidrs) => expect(areNarrow(cidrs)).toBe(false));

  it('counts what two ranges share once, in whatever order they stand', () => {
    const range = tuple(integer({ min: 0, max: 255 }), integer({ min: 8, max: 12 })).map(([low, prefix]) => `54.${low}.0.0/${prefix}`);
    assert(property(array(range, { minLength: 1, maxLength: 8 }), (cidrs) => areNarrow(cidrs) && areNarrow(cidrs.toReversed())));
  });

  it('is wide however finely the internet is cut', () => {
    assert(property(integer({ min: 1, max: 8 }), (prefix) => !areNarrow(Array.from({ length: 2 ** prefix }, (_, index) => `${index * 2 ** (8 - prefix)}.0.0.0/${prefix}`))));
  });
});
