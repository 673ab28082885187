import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const FILE = 'port';

/** The port of the last start when it is still free, else 0: staff tokens name it in their issuer, and should outlive a restart. */
export async function rememberedPort(dataDir: string | undefined): Promise<number> {
  if (dataDir === undefined) return 0;
  try {
    const port = Number(readFileSync(join(dataDir, FILE), 'utf8'));
    return Number.isInteger(port) && port > 1023 && port < 65_536 && (await isFree(port)) ? port : 0;
  } catch {
    return 0;
  }
}

/** Notes the port for the next start. */
export function rememberPort(dataDir: string | undefined, port: number): void {
  if (dataDir === undefined) return;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, FILE), String(port));
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
