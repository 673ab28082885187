import { draftOf } from './draft.ts';
import type { EnvironmentDraft } from './draft.ts';
import { byNearness } from './nearest.ts';
import { ConfigError } from './problem.ts';
import type { EnvironmentProblems, Problem } from './problem.ts';
import { acrossEnvironments } from './rules/across.ts';
import type { EnvironmentConfig } from './schema/index.ts';
import { validateEnvironment } from './validate.ts';
import { showValue } from './words/value.ts';

/** Environments by name, as they are written: that of the file, which is also `name` in it. */
export type Environments = Readonly<Record<string, unknown>>;

interface Examined {
  /** Undefined when there are problems. */
  readonly config: EnvironmentConfig | undefined;
  readonly draft: EnvironmentDraft;
  readonly problems: readonly Problem[];
}

/** Environments that can be asked for by name. */
export class Registry {
  /** As they are written. */
  readonly inputs: Environments;
  /** What was found of each environment: they do not change while a command runs. */
  readonly #examined = new Map<string, Examined>();

  constructor(inputs: Environments) {
    this.inputs = inputs;
  }

  /** Names of all environments. */
  names(): string[] {
    return Object.keys(this.inputs);
  }

  /**
   * One environment, validated, defaults filled in.
   * @throws ConfigError when there is none of that name (with the names, nearest first) or when it has problems (all of them)
   */
  load(name: string): EnvironmentConfig {
    const checked = this.#examine(name);
    if (checked.config) return checked.config;
    throw ConfigError.of([{ environment: name, problems: checked.problems }]);
  }

  /**
   * Several environments, validated.
   * @param names default: all
   * @throws ConfigError when there is none of a name, or with all problems of all of them, those between them included
   */
  loadAll(names: readonly string[] = this.names()): EnvironmentConfig[] {
    const problems = this.check(names);
    if (problems.length > 0) throw ConfigError.of(problems);
    return names.map((name) => this.load(name));
  }

  /**
   * Problems of several environments, their own and those that they have with one another; only environments that have some.
   * @param names default: all
   * @throws ConfigError when there is none of a name
   */
  check(names: readonly string[] = this.names()): EnvironmentProblems[] {
    const across = acrossEnvironments(names.map((name) => ({ name, draft: this.#examine(name).draft })));
    return names
      .map((name) => {
        const others = across.filter(({ environment }) => environment === name).map(({ finding: { path, value, problem, allowed, mend } }) => ({ path, value: showValue(value), problem, allowed, mend }));
        return { environment: name, problems: [...this.#examine(name).problems, ...others] };
      })
      .filter(({ problems }) => problems.length > 0);
  }

  #input(name: string): unknown {
    if (Object.hasOwn(this.inputs, name)) return this.inputs[name];
    const known = byNearness(name, this.names());
    throw new ConfigError(`There is no environment ${showValue(name)}. There are: ${known.join(', ')}. A new one is a file in config/environments/ and a line in its index.ts.`);
  }

  #examine(name: string): Examined {
    const known = this.#examined.get(name);
    if (known) return known;
    const input = this.#input(name);
    const validation = validateEnvironment(input);
    const draft = validation.ok ? validation.config : draftOf(input);
    const problems = [...(validation.ok ? [] : validation.problems), ...misnamed(name, draft.name)];
    const examined = { config: validation.ok && problems.length === 0 ? validation.config : undefined, draft, problems };
    this.#examined.set(name, examined);
    return examined;
  }
}

/** The file, its export and `name` in it are one name. */
function misnamed(name: string, written: string | undefined): Problem[] {
  if (written === undefined || written === name) return [];
  return [{ path: 'name', value: showValue(written), problem: `The environment is registered as ${name} in config/environments/index.ts.`, allowed: `'${name}'`, mend: 'Give the file, the export and `name` one name.' }];
}
