import { describe, expect, it } from 'vitest';
import { PARAMETER_SOURCES } from '../../../bin/docs/parameters.ts';
import { parametersOf } from '../../../bin/report/parameters.ts';
import { explain } from '../../../config/explain.ts';
import { loadAll } from '../../../config/index.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../../../lib/compliance/index.ts';

const SOURCES = Object.entries(PARAMETER_SOURCES) as [keyof Parameters, string][];

describe('where parameters come from', () => {
  it.each(SOURCES.flatMap(([name, source]) => [...source.matchAll(/`([^`]+)`/g)].map(([, path]) => [name, path as string] as const)))('%s names an option that there is: %s', (_, path) => {
    expect(explain(path, {})).toMatchObject({ ok: true });
  });

  it.each(loadAll().map((config) => [config.name, parametersOf(config)] as const))('is the default in %s where it says so', (_, parameters) => {
    const others = SOURCES.filter(([name]) => JSON.stringify(parameters[name]) !== JSON.stringify(DEFAULT_PARAMETERS[name]));
    expect(others.filter(([, source]) => source === 'as by default')).toEqual([]);
  });
});
