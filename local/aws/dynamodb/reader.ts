import { type AwsError, validationError } from '../errors.ts';
import type { Source, Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import { isReserved } from './reserved.ts';
import type { Scope } from './scope.ts';
import type { Literal, Path } from './syntax.ts';

/** Reads the tokens of one expression; what conditions, updates and projections have in common. */
export class Reader {
  private readonly source: Source;
  private readonly scope: Scope;
  private position = 0;

  constructor(parameter: string, expression: string, scope: Scope) {
    this.source = tokenize(parameter, expression);
    this.scope = scope;
  }

  /** The next token, or the one `ahead` of it. */
  peek(ahead = 0): Token {
    const { tokens } = this.source;
    return tokens[Math.min(this.position + ahead, tokens.length - 1)]!;
  }

  /** Takes the next token. */
  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  /** Takes a symbol if it comes next. */
  takeOp(text: string): boolean {
    const found = this.peek().kind === 'op' && this.peek().text === text;
    if (found) this.position += 1;
    return found;
  }

  /** Takes a symbol. @throws ValidationException when something else comes next */
  expectOp(text: string): void {
    if (!this.takeOp(text)) throw this.syntaxError();
  }

  /** Whether a keyword comes next; keywords have no case. */
  isKeyword(word: string): boolean {
    return this.peek().kind === 'name' && this.peek().text.toUpperCase() === word;
  }

  /** Takes a keyword if it comes next. */
  takeKeyword(word: string): boolean {
    const found = this.isKeyword(word);
    if (found) this.position += 1;
    return found;
  }

  /** @throws ValidationException when tokens are left */
  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.syntaxError();
  }

  /** Whether a function call comes next. */
  isCall(): boolean {
    return this.peek().kind === 'name' && this.peek(1).kind === 'op' && this.peek(1).text === '(';
  }

  /** Takes a document path. @throws ValidationException for reserved words, undefined placeholders and wrong syntax */
  path(): Path {
    const steps: (string | number)[] = [this.pathName()];
    for (;;) {
      if (this.takeOp('.')) steps.push(this.pathName());
      else if (this.takeOp('[')) {
        const index = this.next();
        if (index.kind !== 'index') throw this.syntaxError(-1);
        steps.push(Number(index.text));
        this.expectOp(']');
      } else return { kind: 'path', steps };
    }
  }

  /** Takes a value placeholder if one comes next. */
  takeLiteral(): Literal | undefined {
    if (this.peek().kind !== ':') return undefined;
    return { kind: 'value', value: this.scope.value(this.next().text, this.source.parameter) };
  }

  /** `Invalid <parameter>: <message>`. */
  error(message: string): AwsError {
    return validationError(`Invalid ${this.source.parameter}: ${message}`);
  }

  /** Syntax error at the next token, or `offset` from it. */
  syntaxError(offset = 0): AwsError {
    const at = Math.max(0, Math.min(this.position + offset, this.source.tokens.length - 1));
    const near = this.source.tokens.slice(Math.max(0, at - 1), at + 2).filter((token) => token.kind !== 'end');
    return this.error(`Syntax error; token: "${this.source.tokens[at]?.text}", near: "${near.map((token) => token.text).join(' ')}"`);
  }

  private pathName(): string {
    const token = this.next();
    if (token.kind === '#') return this.scope.name(token.text, this.source.parameter);
    if (token.kind !== 'name') throw this.syntaxError(-1);
    if (isReserved(token.text)) throw this.error(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    return token.text;
  }
}
