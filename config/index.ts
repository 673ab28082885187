import * as files from './environments/index.ts';
import { Registry } from './registry.ts';
import type { EnvironmentConfig } from './schema/index.ts';

export { ConfigError, problemsText } from './problem.ts';
export type { Problem } from './problem.ts';
export { Registry } from './registry.ts';
export type { Environments } from './registry.ts';
export type { EnvironmentConfig, EnvironmentInput } from './schema/index.ts';
export { validateEnvironment } from './validate.ts';

/** The environments of `config/environments/`, in alphabetical order (bundlers differ in theirs). A new one takes a file and a line in its `index.ts`. */
export const registry = new Registry(Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** Names of all environments. */
export function environmentNames(): string[] {
  return registry.names();
}

/**
 * One environment, validated, defaults filled in.
 * @throws ConfigError when there is none of that name (with the names, nearest first) or when it has problems (all of them)
 */
export function loadEnvironment(name: string): EnvironmentConfig {
  return registry.load(name);
}

/**
 * Several environments, validated.
 * @param names default: all
 * @throws ConfigError when there is none of a name, or with all problems of all of them, those between them included
 */
export function loadAll(names?: readonly string[]): EnvironmentConfig[] {
  return registry.loadAll(names);
}
