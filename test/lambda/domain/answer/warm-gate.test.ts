import { describe, expect, it, vi } from 'vitest';
import * as gates from '../../../../lambda/domain/answer/gate.ts';
import { warmGate } from '../../../../lambda/domain/answer/warm-gate.ts';

describe('a gate that is warmed', () => {
  it('reads an invented reply to its end: one that closed early would leave the rest cold', () => {
    const opened: gates.Gate[] = [];
    const open = gates.openGate;
    const spy = vi.spyOn(gates, 'openGate').mockImplementation((options) => {
      const gate = open(options);
      opened.push(gate);
      return gate;
    });
    try {
      warmGate();
    } finally {
      spy.mockRestore();
    }
    expect(opened.map(({ closed }) => closed)).toEqual([undefined, undefined]);
  });
});
