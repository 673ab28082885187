import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How long moto may take to answer for the first time, ms. */
const START_MS = 30_000;

/** Whether a moto_server that works is on the PATH. */
export const hasMoto = (): boolean => spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts moto on a free port and waits until it answers. */
export async function startMoto(): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
  const url = `http://127.0.0.1:${port}`;
  // The launcher may be a shim with the server as its child: the whole group of our own process is ended.
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const answered = await fetch(`${url}/moto-api/data.json`).then((response) => response.ok, () => false);
    if (answered) return { url, stop };
    await wait(50);
  }
  stop();
  throw new Error(`moto_server did not answer within ${START_MS} ms.`);
}
