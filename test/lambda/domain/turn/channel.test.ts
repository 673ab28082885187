import { describe, expect, it } from 'vitest';
import { openChannel } from '../../../../lambda/domain/turn/channel.ts';

describe('a channel', () => {
  it('gives what was pushed before and during the reading, in order, and ends', async () => {
    const channel = openChannel<number>();
    channel.push(1);
    const read: number[] = [];
    const reading = (async () => {
      for await (const value of channel.read()) {
        read.push(value);
        if (value === 1) channel.push(2);
        if (value === 2) setImmediate(() => {
          channel.push(3);
          channel.close();
        });
      }
    })();
    await reading;
    expect(read).toEqual([1, 2, 3]);
  });

  it('gives what was pushed before it fails', async () => {
    const channel = openChannel<number>();
    channel.push(1);
    channel.fail(new Error('broken'));
    const values = channel.read();
    expect(await values.next()).toEqual({ done: false, value: 1 });
    await expect(values.next()).rejects.toThrow('broken');
  });

  it('lets the worker go on when the reader has left', async () => {
    const channel = openChannel<number>();
    channel.push(1);
    const values = channel.read();
    await values.next();
    await values.return();
    channel.push(2);
    channel.close();
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });
});
