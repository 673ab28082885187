import { describe, expect, it } from 'vitest';
import { fitsGeography, GEOGRAPHY_NAMES, regionsOf } from '../../../../lib/compliance/rules/regions.ts';

describe('the geography of an inference profile', () => {
  it.each(GEOGRAPHY_NAMES.filter((name) => name !== 'global'))('%s. stays inside when all of it is allowed, others besides or not', (name) => {
    expect(fitsGeography(name, regionsOf(name))).toBe(true);
    expect(fitsGeography(name, [...regionsOf(name), 'xx-test-1'])).toBe(true);
    expect(fitsGeography(name, ['xx-test-1'])).toBe(false);
  });

  it('is wider than one region for sure, and perhaps than some', () => {
    expect(fitsGeography('eu', ['eu-central-1'])).toBe(false);
    expect(fitsGeography('eu', ['eu-central-1', 'us-east-1'])).toBe(false);
    expect(fitsGeography('eu', ['eu-central-1', 'eu-west-1'])).toBeUndefined();
    expect(fitsGeography('us', ['eu-central-1', 'eu-west-1'])).toBe(false);
  });

  it('is all the world for `global`, and not known for no regions or another prefix', () => {
    expect(fitsGeography('global', [...regionsOf('eu'), ...regionsOf('us')])).toBe(false);
    expect(fitsGeography('eu', [])).toBeUndefined();
    expect(['mars', 'constructor'].map((name) => fitsGeography(name, ['eu-west-1']))).toEqual([undefined, undefined]);
  });
});
