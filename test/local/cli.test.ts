import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../local/cli.ts';
import type { Terminal } from '../../local/cli.ts';
import { lambdaMethod, pathResource } from './support/api.ts';
import { writeAssembly } from './support/assembly.ts';
import { deferred } from './support/deferred.ts';
import { temporaryFolder } from './support/folder.ts';
import { workerScript } from './support/worker-script.ts';

describe('runCli', () => {
  const folder = temporaryFolder();
  const assembly = writeAssembly(join(folder, 'out'), 'dev', [{
    name: 'S',
    functions: { Hi: { code: "export const handler = async () => ({ statusCode: 200, body: 'hi' });", properties: { FunctionName: 'hi' } } },
    resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} }, V1: pathResource('v1'), Get: lambdaMethod('GET', 'V1', 'hi'),
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} }, Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
    },
  }]);
  const data = join(folder, 'data');
  const run = async (args: readonly string[], rest: Partial<Terminal> = {}): Promise<{ code: number; out: string; error: string }> => {
    let out = '';
    let error = '';
    const code = await runCli({ args, variables: {}, isTerminal: false, stopped: Promise.resolve(), workerScript: await workerScript(), out: (text) => { out += text; }, error: (text) => { error += text; }, ...rest });
    return { code, out, error };
  };
  const usual = ['--assembly', assembly, '--data', data, '--port', '0'];

  it('serves until it is stopped, and says where', async () => {
    const stop = deferred<void>();
    const banner = deferred<string>();
    const running = run(usual, { stopped: stop.promise, out: (text) => banner.resolve(text) });
    const text = await banner.promise;
    const url = /Chat page\s+(http:\S+)\//.exec(text)?.[1] ?? '';
    expect(await (await fetch(`${url}/v1`)).text()).toBe('hi');
    for (const part of ['support-agent', 'supervisor', 'privacy', 'analyst', 'Not emulated: WAF', '--fresh', '(loop-back)']) expect(text).toContain(part);
    expect(text).not.toContain('\u001b');
    stop.resolve();
    expect((await running).code).toBe(0);
    await expect(fetch(`${url}/v1`)).rejects.toThrow();
  });

  it('colours a terminal only, and not with NO_COLOR', async () => {
    expect((await run(usual, { isTerminal: true })).out).toContain('\u001b[1m');
    expect((await run(usual, { isTerminal: true, variables: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
  });

  it('names a port that is taken, and another one', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port } = server.address() as AddressInfo;
    const result = await run(usual.slice(0, 4), { variables: { PORT: String(port) } });
    expect(result).toMatchObject({ code: 1, out: '', error: `Port ${port} is taken; choose another one: PORT=${port + 1} npm start\n` });
    await new Promise((resolve) => { server.close(resolve); });
  });

  it('forgets the state when told to', async () => {
    mkdirSync(join(data, 'dev'), { recursive: true });
    writeFileSync(join(data, 'dev', 'old'), '');
    await run([...usual, '--fresh']);
    expect(existsSync(join(data, 'dev', 'old'))).toBe(false);
  });

  it.each([
    [['--help'], 0, /--environment <name>/],
    [['--nonsense'], 1, /Unknown option '--nonsense'.* See --help/],
    [['--port', '70000'], 1, /The port '70000' must be a number from 0 to 65535/],
    [['--port', 'x'], 1, /The port 'x'/],
    [['--assembly', '/nowhere'], 1, /no cloud assembly in \/nowhere/],
    [['--assembly', assembly, '--environment', 'prod'], 1, /no environment 'prod'; it has dev/],
  ])('%j', async (args, code, text) => {
    const result = await run(args);
    expect(result.code).toBe(code);
    expect(code === 0 ? result.out : result.error).toMatch(text);
  });

  it('refuses an AWS_ENDPOINT_URL that is none', async () => {
    expect((await run(usual, { variables: { AWS_ENDPOINT_URL: 'localhost:4566' } })).error).toMatch(/AWS_ENDPOINT_URL is 'localhost:4566'; it must be a URL/);
  });
});
