import { validationError } from '../errors.ts';

/** A token of an expression. */
export interface Token {
  /** `name` attribute or keyword · `#` name placeholder · `:` value placeholder · `index` list index · `op` symbol · `end`. */
  readonly kind: 'name' | '#' | ':' | 'index' | 'op' | 'end';
  /** Text as written. */
  readonly text: string;
}

/** Longest expression that DynamoDB takes, in bytes. */
const MAX_BYTES = 4096;

const TOKEN = /\s*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>(),.[\]+-]))/y;

/** The message prefix and the tokens of one expression. */
export interface Source {
  /** Which parameter the expression came in, e.g. `ConditionExpression`. */
  readonly parameter: string;
  /** All tokens; the last one is `end`. */
  readonly tokens: readonly Token[];
}

/**
 * Splits an expression into tokens.
 * @param parameter the request member, for messages
 * @throws ValidationException for an empty or over-long expression and for characters outside the language
 */
export function tokenize(parameter: string, expression: string): Source {
  if (expression.trim() === '') throw validationError(`Invalid ${parameter}: The expression can not be empty;`);
  if (Buffer.byteLength(expression) > MAX_BYTES) {
    throw validationError(`Invalid ${parameter}: Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(expression)}`);
  }
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (!match) {
      const rest = expression.slice(start).trimStart();
      throw validationError(`Invalid ${parameter}: Syntax error; token: "${rest.charAt(0)}", near: "${rest.slice(0, 12)}"`);
    }
    const [, name, hash, colon, index, op] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (hash !== undefined) tokens.push({ kind: '#', text: hash });
    else if (colon !== undefined) tokens.push({ kind: ':', text: colon });
    else if (index !== undefined) tokens.push({ kind: 'index', text: index });
    else tokens.push({ kind: 'op', text: op ?? '' });
  }
  tokens.push({ kind: 'end', text: '<EOF>' });
  return { parameter, tokens };
}
