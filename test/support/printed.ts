import { vi } from 'vitest';

/** What a command printed. */
export interface Printed {
  readonly out: string;
  readonly errors: string;
}

/** Runs a command's `main` and keeps what it prints, instead of printing it. */
export async function printedBy(work: () => Promise<number>): Promise<Printed & { readonly code: number }> {
  const written = { out: '', errors: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name === 'stdout' ? 'out' : 'errors'] += String(chunk);
      return true;
    }),
  );
  try {
    const code = await work();
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
