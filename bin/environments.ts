import { checkEnvironments, ConfigError, loadAll, loadEnvironment } from '../config/index.ts';
import type { EnvironmentConfig } from '../config/index.ts';

/**
 * The named environments, or all of them, validated.
 * @throws ConfigError with every problem of each of them, or with the names there are
 */
export function environmentsOf(names: readonly string[]): EnvironmentConfig[] {
  if (names.length === 0) return loadAll();
  const problems = checkEnvironments(names);
  if (problems.length > 0) throw ConfigError.of(problems);
  return [...new Set(names)].map((name) => loadEnvironment(name));
}
