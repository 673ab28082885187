import { describe, expect, it } from 'vitest';
import { shardOf, SHARDS, turnKey } from '../../../../lambda/adapters/dynamodb/keys.ts';

describe('keys', () => {
  it('spreads conversations over the shards, each always in the same one', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 4_000; i += 1) {
      const shard = shardOf(`conversation-${i}`);
      expect(shard).toBe(shardOf(`conversation-${i}`));
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual([...SHARDS]);
    for (const count of counts.values()) expect(count).toBeGreaterThan(850);
  });
  it('sorts turns by number', () => {
    expect(turnKey(9) < turnKey(10)).toBe(true);
    expect(turnKey(1)).toBe('TURN#000001');
  });
});
