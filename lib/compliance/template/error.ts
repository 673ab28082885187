/** A file cannot be judged: it is no template, it is broken, or it is too large. The message says what is wrong, and where. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  /** File that it is about, as it was given. */
  readonly file: string;
  /** Line that it is about, from 1; undefined when it is about the whole file. */
  readonly line: number | undefined;

  constructor(file: string, problem: string, line?: number) {
    super(`${file}${line === undefined ? '' : `:${line}`} ${problem}`);
    this.file = file;
    this.line = line;
  }
}
