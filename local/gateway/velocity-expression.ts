/** What a mapping template can read, and what it sets. */
export interface VelocityScope {
  /** Value of a reference such as `$context.requestId`. @throws Error for one that is not emulated */
  read(reference: string): unknown;
  /** `#set` of a reference. */
  write(reference: string, value: unknown): void;
}

/** Velocity's truth: everything but false and null. */
export const truthy = (value: unknown): boolean => value !== false && value !== null && value !== undefined;

/** `$!{name}` and `$name` are the same reference. */
export const normalize = (reference: string): string => reference.replace(/^\$!?\{([^}]*)\}/, '$$$1').replace(/^\$!/, '$').trim();

const TOKEN = /\s*(?:"([^"]*)"|'([^']*)'|(\d+(?:\.\d+)?)|(==|!=|&&|\|\||!|\(|\))|(\$!?\{[^}]*\}|\$!?[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\((?:[^()"']|"[^"]*"|'[^']*')*\))*)|(true|false|null)\b)/y;

/** An expression of a mapping template: texts, numbers, references, `== != && || !` and parentheses. */
export class Expression {
  private readonly tokens: readonly { readonly operator?: string; readonly literal?: unknown; readonly reference?: string }[];
  private readonly scope: VelocityScope;
  private at = 0;

  /** @throws Error when the text is no such expression */
  constructor(source: string, scope: VelocityScope) {
    this.scope = scope;
    this.tokens = tokenize(source.trim());
  }

  /** Evaluates the whole. */
  value(): unknown {
    const value = this.either();
    if (this.at < this.tokens.length) throw new Error('The mapping template has an expression that is not emulated.');
    return value;
  }

  private either(): unknown {
    let left = this.both();
    while (this.accept('||')) {
      const right = this.both();
      left = truthy(left) || truthy(right);
    }
    return left;
  }

  private both(): unknown {
    let left = this.comparison();
    while (this.accept('&&')) {
      const right = this.comparison();
      left = truthy(left) && truthy(right);
    }
    return left;
  }

  private comparison(): unknown {
    const left = this.primary();
    if (this.accept('==')) return left === this.primary();
    if (this.accept('!=')) return left !== this.primary();
    return left;
  }

  private primary(): unknown {
    if (this.accept('!')) return !truthy(this.primary());
    if (this.accept('(')) {
      const value = this.either();
      if (!this.accept(')')) throw new Error('The mapping template has a parenthesis that is not closed.');
      return value;
    }
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.reference !== undefined) return this.scope.read(token.reference);
    if (token === undefined || token.operator !== undefined) throw new Error('The mapping template has an expression that is not emulated.');
    return token.literal;
  }

  private accept(operator: string): boolean {
    if (this.tokens[this.at]?.operator !== operator) return false;
    this.at += 1;
    return true;
  }
}

function tokenize(source: string): { operator?: string; literal?: unknown; reference?: string }[] {
  const tokens: { operator?: string; literal?: unknown; reference?: string }[] = [];
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`The mapping template has the expression '${source}', which is not emulated.`);
    const [, double, quoted, number, operator, reference, members = '', word] = match;
    if (operator !== undefined) tokens.push({ operator });
    else if (reference !== undefined) tokens.push({ reference: normalize(reference) + members });
    else if (number !== undefined) tokens.push({ literal: Number(number) });
    else if (word !== undefined) tokens.push({ literal: word === 'null' ? null : word === 'true' });
    else tokens.push({ literal: double ?? quoted ?? '' });
    at = TOKEN.lastIndex;
  }
  return tokens;
}
