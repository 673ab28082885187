import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EstateModel } from '../../../local/assembly/model.ts';
import { readAssembly } from '../../../local/assembly/read.ts';
import { systemClock } from '../../../local/clock.ts';
import { FunctionError, TooManyRequests } from '../../../local/runtime/errors.ts';
import { Fleet } from '../../../local/runtime/fleet.ts';
import type { StreamSink } from '../../../local/runtime/function-worker.ts';
import { accessKeyIdOf } from '../../../local/runtime/functions.ts';
import { deferred } from '../support/deferred.ts';
import { writeAssembly } from '../support/assembly.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { workerScript } from '../support/worker-script.ts';

const functions = {
  Echo: {
    code: `export const handler = async (event, context) => {
      console.log('hello ' + event.name); console.error('careful');
      return { event, left: context.getRemainingTimeInMillis() > 4000, context, env: process.env, argument: event.missing };
    };`,
    properties: { FunctionName: 'echo', Environment: { Variables: { TABLE: { Ref: 'AWS::StackName' }, AWS_REGION: 'overridden' } } },
  },
  Nothing: { code: 'export const handler = () => undefined;' },
  Thrower: { code: "export const handler = async () => { throw new TypeError('bad luck'); };" },
  Stuck: { code: "let calls = 0; export const handler = () => { calls += 1; console.log('call ' + calls); return calls > 1 ? calls : new Promise(() => { setInterval(() => undefined, 1000); }); };", properties: { ReservedConcurrentExecutions: 1 } },
  Slow: { code: "export const handler = ({ wait }) => wait ? new Promise(() => console.log('waiting')) : 'done';", properties: { ReservedConcurrentExecutions: 2 } },
  Quitter: { code: "export const handler = async ({ quit }) => { if (quit) process.exit(3); return 'alive'; };" },
  Rejecter: { code: "export const handler = () => { Promise.reject(new RangeError('unseen')); return new Promise(() => undefined); };" },
  NoLoad: { code: "throw new Error('cannot load');" },
  NoExport: { code: 'export const other = 1;' },
  Big: { code: "export const handler = async () => 'x'.repeat(7 * 1024 * 1024);" },
  Streamer: {
    code: `export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/event-stream' } });
      body.write('one '); body.write(context.functionName + ' '); if (event.fail) throw new Error('half way'); body.end('three');
    });`,
  },
  Afterwards: {
    code: `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      if (event.destroy) { stream.destroy(); console.log('destroyed, and on'); return; }
      stream.end('raw'); console.log('ended, and on'); await new Promise(() => undefined);
    });`,
  },
  Flood: {
    code: `import { setTimeout } from 'node:timers/promises';
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
      let waits = 0;
      for (let i = 0; i < 64; i += 1) { if (!body.write(Buffer.alloc(16384, 65))) { waits += 1; await new Promise((go) => body.once('drain', go)); } }
      body.end(String(waits));
    });`,
  },
};

const collector = (): StreamSink & { readonly seen: unknown[]; text(): string } => {
  const seen: unknown[] = [];
  const chunks: Uint8Array[] = [];
  return { seen, metadata: (metadata) => void seen.push(metadata), chunk: (data) => void chunks.push(data), end: () => void seen.push('end'), text: () => Buffer.concat(chunks).toString() };
};

describe('Fleet', () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const problems: string[] = [];
  const listeners = new Set<() => void>();
  const clock = new ManualClock();
  const log = {
    line: (name: string, text: string) => { lines.push(`${name}: ${text}`); for (const listener of listeners) listener(); },
    problem: (name: string, text: string) => void problems.push(`${name}: ${text}`),
    close: async () => undefined,
  };
  const seen = (part: string): Promise<void> => new Promise((resolve) => {
    const check = (): void => {
      if (!lines.some((line) => line.includes(part))) return;
      listeners.delete(check);
      resolve();
    };
    listeners.add(check);
    check();
  });
  let fleet: Fleet;
  const json = async (name: string, event: unknown = {}): Promise<unknown> => JSON.parse((await fleet.invoke(name, event)).payload);

  beforeAll(async () => {
    const model = new EstateModel(readAssembly(writeAssembly(join(folder, 'out'), 'dev', [{ name: 'S', functions }]), 'dev'), { aws: () => 'http://127.0.0.1:1', issuer: () => '' });
    fleet = new Fleet({ model, endpoint: 'http://127.0.0.1:1', workerScript: await workerScript(), clock, log, maxWorkersPerFunction: 2 });
  });
  afterAll(() => fleet.close());

  it('gives event, context and the environment of Lambda', async () => {
    process.env['ESTATE_TEST_LEAK'] = 'yes';
    const result = await json('echo', { name: 'you' }).finally(() => delete process.env['ESTATE_TEST_LEAK']);
    expect(result).toMatchObject({
      event: { name: 'you' },
      left: true,
      context: { functionName: 'echo', functionVersion: '1', memoryLimitInMB: '256', invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:echo', logGroupName: '/aws/lambda/echo' },
      env: {
        TABLE: 'dev-S', AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_LAMBDA_FUNCTION_NAME: 'echo', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_ACCESS_KEY_ID: accessKeyIdOf('echo'), AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      },
    });
    expect(result).not.toHaveProperty('env.ESTATE_TEST_LEAK');
    expect(result).not.toHaveProperty('env._X_AMZN_TRACE_ID');
    expect(accessKeyIdOf('echo')).toMatch(/^AKIA[A-Z2-7]{16}$/);
    await seen('echo: hello you');
    await seen('echo: careful');
  });

  it('finds a function by alias ARN and tells it so, and by logical id', async () => {
    const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:echo:live';
    expect(await json(arn)).toMatchObject({ context: { invokedFunctionArn: arn } });
    expect(fleet.definition('Echo').name).toBe('echo');
    await expect(fleet.invoke('nobody', {})).rejects.toThrow(/no function 'nobody'. It has echo, /);
  });

  it('turns undefined into null', async () => {
    expect(await json('Nothing')).toBeNull();
  });

  it('passes a failure on as Lambda describes it, and reports it', async () => {
    const error = await fleet.invoke('Thrower', {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FunctionError);
    expect(error).toMatchObject({ errorType: 'TypeError', message: 'bad luck', payload: { errorType: 'TypeError', errorMessage: 'bad luck' } });
    expect(problems.some((line) => line.includes('bad luck'))).toBe(true);
  });

  it('ends an invocation at its time-out, and starts afresh after it', async () => {
    const first = fleet.invoke('Stuck', {}).catch((reason: unknown) => reason);
    await seen('call 1');
    clock.advance(4_999);
    clock.advance(1);
    expect(await first).toMatchObject({ errorType: 'Sandbox.Timedout', message: 'Task timed out after 5 seconds' });
    const second = fleet.invoke('Stuck', {}).catch((reason: unknown) => reason);
    await expect.poll(() => lines.filter((line) => line.includes('call 1')).length).toBe(2);
    clock.advance(5_000);
    expect(await second).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('refuses what is over the reserved concurrency', async () => {
    const running = [1, 2].map(() => fleet.invoke('Slow', { wait: true }).catch((reason: unknown) => reason));
    await expect.poll(() => lines.filter((line) => line.includes('waiting')).length).toBe(2);
    await expect(fleet.invoke('Slow', {})).rejects.toBeInstanceOf(TooManyRequests);
    clock.advance(5_000);
    await Promise.all(running);
    expect(await json('Slow')).toBe('done');
  });

  it('queues beyond its threads when nothing is reserved', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => json('echo', { index })));
    expect(results.map((result) => (result as { event: { index: number } }).event.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('outlives a function that ends its process or leaves a rejection unseen', async () => {
    await expect(fleet.invoke('Quitter', { quit: true })).rejects.toThrow(/exited with code 3/);
    expect(await json('Quitter')).toBe('alive');
    await expect(fleet.invoke('Rejecter', {})).rejects.toThrow('unseen');
  });

  it('says why a bundle does not load', async () => {
    await expect(fleet.invoke('NoLoad', {})).rejects.toThrow('cannot load');
    await expect(fleet.invoke('NoExport', {})).rejects.toThrow(/exports no function 'handler'/);
    await fleet.warm('NoLoad');
    expect(problems.filter((line) => line.includes('cannot load')).length).toBeGreaterThanOrEqual(2);
  });

  it('refuses a response over 6 MB', async () => {
    await expect(fleet.invoke('Big', {})).rejects.toThrow(/exceeded maximum allowed payload size/);
  });

  it('streams metadata and chunks', async () => {
    const sink = collector();
    const { streamed } = await fleet.invoke('Streamer', {}, sink);
    expect(streamed).toBe(true);
    expect(sink.seen).toEqual([{ statusCode: 201, headers: { 'content-type': 'text/event-stream' } }, 'end']);
    expect(sink.text()).toMatch(/^one dev-S-Streamer-\S+ three$/);
  });

  it('tells of a stream that broke off', async () => {
    const sink = collector();
    await expect(fleet.invoke('Streamer', { fail: true }, sink)).rejects.toThrow('half way');
    expect(sink.text()).toContain('one ');
  });

  it('tells of the end of a stream while the handler runs on', async () => {
    const sink = collector();
    const ended = deferred<void>();
    const running = fleet.invoke('Afterwards', {}, { ...sink, end: () => ended.resolve() }).catch((reason: unknown) => reason);
    await ended.promise;
    expect(sink.text()).toBe('raw');
    await seen('ended, and on');
    clock.advance(5_000);
    expect(await running).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('fails when the handler destroys its stream', async () => {
    await expect(fleet.invoke('Afterwards', { destroy: true })).rejects.toThrow(/destroyed before its end/);
    await seen('destroyed, and on');
  });

  it('holds a writer back until the reader took what is there', async () => {
    const chunks: (() => void)[] = [];
    let bytes = 0;
    const invocation = fleet.invoke('Flood', {}, { metadata: () => undefined, end: () => undefined, chunk: (data) => new Promise<void>((resolve) => { bytes += data.byteLength; chunks.push(resolve); }) });
    await expect.poll(() => chunks.length).toBe(5);
    // 65,536 bytes are under way and one write more: the writer waits.
    expect(bytes).toBe(5 * 16_384);
    const drain = async (): Promise<void> => {
      for (;;) {
        chunks.shift()?.();
        if (bytes > 64 * 16_384) break;
        await new Promise((resolve) => { setImmediate(resolve); });
      }
      for (const take of chunks) take();
    };
    await Promise.all([invocation, drain()]);
    expect(bytes).toBeGreaterThan(64 * 16_384);
  });

  it('rejects what runs when it is closed', async () => {
    const model = new EstateModel(readAssembly(join(folder, 'out'), 'dev'), { aws: () => '', issuer: () => '' });
    const other = new Fleet({ model, endpoint: '', workerScript: await workerScript(), clock: systemClock, log });
    const running = other.invoke('Slow', { wait: true }).catch((reason: unknown) => reason);
    await expect.poll(() => lines.filter((line) => line.includes('waiting')).length).toBe(3);
    await other.close();
    expect(await running).toMatchObject({ message: 'The estate was stopped.' });
  });
});
