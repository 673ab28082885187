import { dev } from '../../config/environments/dev.ts';
import { prod } from '../../config/environments/prod.ts';
import { validateEnvironment } from '../../config/validate.ts';
import type { Problem } from '../../config/problem.ts';

/** Changes by path; a value of `undefined` takes the option away. */
export type Changes = Readonly<Record<string, unknown>>;

/** A sample environment with changes: a copy, so that tests share nothing. */
export function sample(name: 'dev' | 'prod', changes: Changes = {}): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...structuredClone(name === 'dev' ? dev : prod) };
  for (const [path, value] of Object.entries(changes)) change(copy, path.split('.'), value);
  return copy;
}

function change(target: object, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    const next: unknown = Reflect.get(target, step) ?? {};
    Reflect.set(target, step, next);
    if (typeof next === 'object' && next !== null) change(next, rest, value);
  } else if (value === undefined) Reflect.deleteProperty(target, step);
  else Reflect.set(target, step, structuredClone(value));
}

/** Problems of anything; none when it is valid. */
export function problemsIn(input: unknown): readonly Problem[] {
  const validation = validateEnvironment(input);
  return validation.ok ? [] : validation.problems;
}

/** Paths of the problems of a changed sample, sorted. */
export function pathsOf(name: 'dev' | 'prod', changes: Changes): string[] {
  return problemsIn(sample(name, changes)).map(({ path }) => path).toSorted();
}

/** A model behind an endpoint, without a key. */
export const ENDPOINT = {
  provider: 'openai-compatible',
  modelId: 'small-model',
  baseUrl: 'https://models.ottermoss.example/v1',
  processor: { name: 'Otter & Moss, own machines', region: 'eu-central-1' },
  withoutGuardrail: 'The gates of the bot hold for every model, and this one runs on machines of ours.',
  price: { inputUsdPer1000: 0, outputUsdPer1000: 0, source: 'Own machines', date: '2026-11-01' },
};
