import { describe, expect, it } from 'vitest';
import { figureTable, isKept, machineFactor, type Figure } from '../../../bin/bench/figure.ts';

const time = (measured: number): Figure => ({ name: 'start-up', value: `${measured} ms`, promise: 'P2: 50 ms', held: { measured, limit: 50, scales: true } });
const count = (measured: number): Figure => ({ name: 'calls', value: String(measured), promise: 'P3: 3', held: { measured, limit: 3 } });

describe('a promised figure', () => {
  it('is kept up to its limit; a time as it would be where the promises were made', () => {
    expect([isKept(time(50), 1), isKept(time(51), 1), isKept(time(100), 2), isKept(time(101), 2)]).toEqual([true, false, true, false]);
    expect([isKept(count(3), 9), isKept(count(4), 9)]).toEqual([true, false]);
    expect(isKept({ name: 'size', value: '3 KB' }, 1)).toBeUndefined();
  });

  it('gains nothing on a faster machine', () => {
    expect([machineFactor(85), machineFactor(170), machineFactor(40)]).toEqual([1, 2, 1]);
  });

  it('is judged in the table when that is asked for', () => {
    expect(figureTable([time(80), count(4)])).toBe('start-up  80 ms   [P2: 50 ms]\ncalls     4   [P3: 3]');
    expect(figureTable([time(80), count(4)], 2)).toBe('start-up  80 ms   [P2: 50 ms]  kept at 40.0 by comparison\ncalls     4   [P3: 3]  NOT KEPT');
  });
});
