import { spawn } from 'node:child_process';
import { cpSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../lambda/contracts/routes.ts';
import { temporaryFolder } from '../local/support/folder.ts';
import { ROOT } from '../support/paths.ts';

/** How a command ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A command that runs. */
interface Running {
  /** Its process group, as of a terminal that it was started in. */
  readonly group: number;
  readonly ended: Promise<Ended>;
  /** Settles when its output matches; rejects when it ends before. */
  saw(pattern: RegExp): Promise<RegExpExecArray>;
}

/** The command as a user types it, in a checkout whose state is its own. */
describe('npm start', () => {
  const checkout = temporaryFolder();
  cpSync(join(ROOT, 'bin'), join(checkout, 'bin'), { recursive: true });
  for (const name of readdirSync(ROOT)) if (!['bin', 'cdk.out'].includes(name) && !name.startsWith('.')) symlinkSync(join(ROOT, name), join(checkout, name));

  const start = (args: readonly string[], variables: Record<string, string> = {}): Running => {
    const { PORT: _, AWS_ENDPOINT_URL: _endpoint, ...inherited } = process.env;
    const child = spawn(process.execPath, ['bin/run.mjs', 'start', ...args], { cwd: checkout, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, NO_COLOR: '1', ...variables } });
    let [out, error] = ['', ''];
    const looks = new Set<() => void>();
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      for (const look of looks) look();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    const ended = new Promise<Ended>((resolve) => void child.once('close', (code) => resolve({ code, out, error })));
    const saw = (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(out);
          if (match !== null) resolve(match);
        };
        looks.add(look);
        look();
        void ended.then((result) => reject(new Error(`It ended first: ${JSON.stringify(result)}`)));
      });
    return { group: child.pid ?? 0, ended, saw };
  };

  it('explains itself', async () => {
    const { code, out } = await start(['--help']).ended;
    expect(code).toBe(0);
    for (const option of ['--environment', '--port', '--fresh']) expect(out).toContain(option);
  });

  it('lists the environments when it does not know the one that is asked for', async () => {
    const { code, error } = await start(['--environment', 'prd']).ended;
    expect(code).toBe(1);
    for (const text of ['prd', 'dev', 'staging', 'prod']) expect(error).toContain(text);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it('says when the port is taken, and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { code, error } = await start([], { PORT: String(port) }).ended;
      expect(code).toBe(1);
      expect(error).toContain(`Port ${port} is taken; choose another one: PORT=${port + 1} npm start`);
      expect(error).not.toMatch(/\n\s+at /);
    } finally {
      await new Promise((resolve) => void server.close(resolve));
    }
  });

  it('runs until Ctrl-C, and leaves no process behind', async () => {
    const running = start(['--port', '0']);
    try {
      const [, url = ''] = await running.saw(/Chat page +(http:\/\/127\.0\.0\.1:\d+)\/\n/);
      const [banner] = await running.saw(/The environment 'dev' runs on this machine[\s\S]*Not emulated:/);
      for (const role of STAFF_ROLES) expect(banner).toMatch(new RegExp(`${role} +eyJ`));
      expect(await (await fetch(`${url}/v1/health`)).json()).toEqual({ status: 'ok' });
      expect((await fetch(url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
      process.kill(-running.group, 'SIGINT');
      expect(await running.ended).toMatchObject({ code: 0, out: expect.stringMatching(/Stopped\.\n$/) });
      await expect.poll(() => lives(running.group), { timeout: 10_000 }).toBe(false);
    } catch (error) {
      endGroup(running.group);
      throw error;
    }
  });
}, 120_000);

/** Whether any process of the group is there. */
function lives(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Ends what a test that failed left running. */
function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
