import { asText } from '../json.ts';
import { Expression, normalize, truthy } from './velocity-expression.ts';
import type { VelocityScope } from './velocity-expression.ts';

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly expression: string }
  | { readonly kind: 'set'; readonly target: string; readonly expression: string }
  | { readonly kind: 'if'; readonly branches: readonly { readonly condition: string | undefined; readonly body: readonly Node[] }[] };

const DIRECTIVE = /#(?:(set|if|elseif|else|end)\b|\{(else|end)\})|\$!?\{?[A-Za-z_]/g;

/**
 * Renders a mapping template: text, references, `#set` and `#if`, the subset of Velocity that API Gateway's
 * preflight answers need.
 * @throws Error for what is not in that subset
 */
export function render(template: string, scope: VelocityScope): string {
  const parser = new Parser(template);
  const nodes = parser.block();
  if (!parser.done()) throw new Error('The mapping template has an #end, #else or #elseif without its #if.');
  return nodes.map((node) => evaluate(node, scope)).join('');
}

function evaluate(node: Node, scope: VelocityScope): string {
  switch (node.kind) {
    case 'text': return node.text;
    case 'reference': {
      const value = new Expression(node.expression, scope).value();
      return value === undefined || value === null ? '' : asText(value);
    }
    case 'set': {
      scope.write(node.target, new Expression(node.expression, scope).value());
      return '';
    }
    case 'if':
    default: {
      const taken = node.branches.find(({ condition }) => condition === undefined || truthy(new Expression(condition, scope).value()));
      return (taken?.body ?? []).map((child) => evaluate(child, scope)).join('');
    }
  }
}

class Parser {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  done(): boolean {
    return this.at >= this.source.length;
  }

  /** Nodes up to the end, or to an `#elseif`, `#else` or `#end`. */
  block(): readonly Node[] {
    const nodes: Node[] = [];
    while (!this.done()) {
      DIRECTIVE.lastIndex = this.at;
      const found = DIRECTIVE.exec(this.source);
      const start = found?.index ?? this.source.length;
      if (start > this.at) nodes.push({ kind: 'text', text: this.source.slice(this.at, start) });
      this.at = start;
      const name = found?.[1] ?? found?.[2];
      if (found === null || name === 'elseif' || name === 'else' || name === 'end') break;
      nodes.push(this.directive(found[0], name));
    }
    return nodes;
  }

  private directive(text: string, name: string | undefined): Node {
    if (name === undefined) return { kind: 'reference', expression: this.reference() };
    this.at += text.length;
    if (name === 'if') return this.conditional();
    const [, target = '', expression = ''] = /^\s*(\$[^=]+?)\s*=(.*)$/s.exec(this.parenthesized()) ?? [];
    this.lineEnd();
    return { kind: 'set', target: normalize(target), expression };
  }

  private conditional(): Node {
    const branches: { condition: string | undefined; body: readonly Node[] }[] = [];
    let condition: string | undefined = this.parenthesized();
    for (;;) {
      this.lineEnd();
      branches.push({ condition, body: this.block() });
      const next = /^#(?:(elseif|else|end)\b|\{(else|end)\})/.exec(this.source.slice(this.at));
      if (next === null) throw new Error('The mapping template has an #if without its #end.');
      this.at += next[0].length;
      const name = next[1] ?? next[2];
      if (name === 'end') break;
      condition = name === 'elseif' ? this.parenthesized() : undefined;
    }
    this.lineEnd();
    return { kind: 'if', branches };
  }

  /** A directive takes the line feed behind it along. */
  private lineEnd(): void {
    const blank = /^[ \t]*\r?\n/.exec(this.source.slice(this.at));
    if (blank !== null) this.at += blank[0].length;
  }

  private reference(): string {
    const rest = this.source.slice(this.at);
    const match = /^\$!?\{[^}]*\}|^\$!?[A-Za-z_][\w-]*/.exec(rest);
    let text = match?.[0] ?? '$';
    this.at += text.length;
    // Members and calls belong to the reference; a full stop at the end of a sentence does not.
    for (;;) {
      const member = /^\.[A-Za-z_][\w-]*/.exec(this.source.slice(this.at));
      if (member !== null) {
        text += member[0];
        this.at += member[0].length;
      } else if (this.source[this.at] === '(') text += `(${this.parenthesized()})`;
      else return text;
    }
  }

  private parenthesized(): string {
    const open = /^\s*\(/.exec(this.source.slice(this.at));
    if (open === null) throw new Error('The mapping template has a directive without its parenthesis.');
    const start = this.at + open[0].length;
    let depth = 1;
    let quote = '';
    for (let index = start; index < this.source.length; index += 1) {
      const character = this.source[index] ?? '';
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      else if (character === '(') depth += 1;
      else if (character === ')') depth -= 1;
      if (depth === 0) {
        this.at = index + 1;
        return this.source.slice(start, index);
      }
    }
    throw new Error('The mapping template has a parenthesis that is not closed.');
  }
}
