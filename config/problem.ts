/** One thing that is wrong in an environment, in the words of whoever wrote the file. */
export interface Problem {
  /** Where: `firewall.requestsPerAddress`; empty for the whole file. */
  readonly path: string;
  /** What stands there, shortened; never something that looks like a credential. */
  readonly value: string;
  /** What is wrong with it. */
  readonly problem: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** What to change. */
  readonly mend: string;
}

/** Problems of one environment. */
export interface EnvironmentProblems {
  /** Name of the environment, as it is registered. */
  readonly environment: string;
  readonly problems: readonly Problem[];
}

/** How parts of a problem are painted; each receives and returns text. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const PLAIN: Paint = { strong: (text) => text, faint: (text) => text };

/** Problems as text: a block each, with path, problem, value, what is allowed and the mend. */
export function problemsText({ environment, problems }: EnvironmentProblems, paint: Paint = PLAIN): string {
  const head = `Environment ${environment}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`;
  const line = (label: string, text: string): string => `    ${paint.faint(label.padEnd(9))}${text}`;
  const blocks = problems.map(({ path, value, problem, allowed, mend }) =>
    [`  ${paint.strong(path || '(the whole file)')}`, `    ${problem}`, line('is', value), line('allowed', allowed), line('mend', mend)].join('\n'),
  );
  return [paint.strong(head), ...blocks].join('\n\n');
}

/** Thrown when an environment cannot be used; its message is what a person needs to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Problems by environment; empty when there is no such environment. */
  readonly environments: readonly EnvironmentProblems[];

  constructor(message: string, environments: readonly EnvironmentProblems[] = []) {
    super(message);
    this.environments = environments;
  }

  /** Of environments with problems. */
  static of(environments: readonly EnvironmentProblems[]): ConfigError {
    return new ConfigError(environments.map((one) => problemsText(one)).join('\n\n'), environments);
  }
}
