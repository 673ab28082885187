import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentNames } from '../../config/index.ts';

/** The project's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The cloud assembly that the global set-up writes, named after this run: two runs at once do not take it from each other. */
export const ASSEMBLY = join(ROOT, '.build/test', String(process.pid), 'cdk.out');
/** Every environment of `config/environments`: what holds for one holds for each that is added. */
export const ENVIRONMENTS: readonly string[] = environmentNames();
