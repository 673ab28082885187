/** One way to break a promise on purpose. `npm run promises -- --prove` applies it to a copy of the project and expects the promise's tests to fail. */
export interface Break {
  /** Promise that it breaks, e.g. `R1`. */
  readonly promise: string;
  /** Source file, from the project's root. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What is wrong afterwards, in a few words. */
  readonly means: string;
}
