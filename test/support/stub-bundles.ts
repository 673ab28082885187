import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** Functions that the constructs make, by the names of their bundles. */
export const FUNCTIONS = ['authorizer', 'chat', 'credential-age', 'interactions', 'outbox-relay', 'pages', 'pre-traffic', 'rotate-signing-key', 'sweep', 'turn-worker'] as const;

const FOLDER = join(ROOT, '.build/test/stub-bundles');

/** Folder of bundles that do nothing, for tests that look at templates only. Made once, always the same. */
export function stubBundles(): string {
  for (const name of FUNCTIONS) {
    mkdirSync(join(FOLDER, name), { recursive: true });
    writeFileSync(join(FOLDER, name, 'index.mjs'), 'export const handler = () => undefined;\n');
  }
  return FOLDER;
}
