import { describe, expect, it } from 'vitest';
import { Nudge, pagePatience } from '../../../pages/chat/patience.ts';

const HOUR = 3_600_000;

function make(online = true) {
  const stop = new AbortController();
  const nudge = new Nudge();
  const listeners = new Set<() => void>();
  const network = {
    online: () => online,
    whenOnline: (callback: () => void) => {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
  };
  return { stop, nudge, listeners, patience: pagePatience(stop.signal, nudge, network, () => undefined) };
}

describe('pagePatience', () => {
  it('ends a pause when the visitor does not want to wait, or the page goes away', async () => {
    const { nudge, stop, patience } = make();
    const first = patience.pause(HOUR);
    nudge.wake();
    await first;
    const second = patience.pause(HOUR);
    stop.abort();
    await second;
    await expect(patience.untilAsked()).resolves.toBeUndefined();
  });

  it('ends a pause when its time is over', async () => {
    await expect(make().patience.pause(0)).resolves.toBeUndefined();
  });

  it('waits for the network, and leaves no listener behind', async () => {
    const { listeners, patience } = make(false);
    const waiting = patience.untilOnline();
    expect(listeners.size).toBe(1);
    for (const listener of listeners) listener();
    await waiting;
    expect(listeners.size).toBe(0);
    await expect(make(true).patience.untilOnline()).resolves.toBeUndefined();
  });
});
