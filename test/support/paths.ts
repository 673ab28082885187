import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The cloud assembly that the global set-up writes, named after this run: two runs at once do not take it from each other. */
export const ASSEMBLY = join(ROOT, '.build/test', String(process.pid), 'cdk.out');
/** Environments that the tests look at: the samples. */
export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
