import { afterEach, beforeEach, vi } from 'vitest';

/**
 * Keeps synths that fail on purpose to themselves, in the tests of a block: a failed validation sets the exit code of the process and prints
 * its report, and neither is wanted of a test.
 * @param validation value of `CDK_VALIDATION`, which switches the toolkit's own validation; undefined takes it away
 */
export function quietSynths(validation: string | undefined): void {
  const { exitCode } = process;
  beforeEach(() => {
    vi.stubEnv('CDK_VALIDATION', validation);
    vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = exitCode;
  });
}
