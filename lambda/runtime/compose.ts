import type { Variables } from './environment.ts';

/**
 * The composition root, and the only reader of the environment: hands it to what composes one function (`roots/`). Each function
 * has a file of its own there, so that a bundle holds the adapters of its function and no others.
 */
export function compose<T>(root: (variables: Variables) => T): T {
  return root(process.env);
}
