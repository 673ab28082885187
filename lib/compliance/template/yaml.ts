import type { CST, LineCounter, Node, Parser, Scalar, YAMLMap } from 'yaml';
import { TemplateError } from './error.ts';
import type { Json, JsonObject } from './types.ts';

/** Largest YAML that is read, in characters: its parser takes seconds for a megabyte. CloudFormation takes 1 MB. */
export const MAX_YAML_LENGTH = 2_500_000;

/** Most brackets that may be open at once, those in texts included: each one costs the parser more than the one before. */
const MOST_OPEN = 1_000;

/** How deep YAML may be nested, aliases included. */
const DEEPEST = 100;

/** How many values aliases may stand for together: a few lines of aliases of aliases would fill the memory. */
const MOST_ALIASED = 50_000;

/** What YAML 1.1, which CloudFormation reads, takes for true and false beside the words of YAML 1.2. */
const WORDS: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

/** YAML of a template as JSON, its short forms (`!Ref`, `!Sub` …) written out. @throws TemplateError with the line that is wrong */
export async function jsonOfYaml(text: string, file: string): Promise<Json> {
  if (text.length > MAX_YAML_LENGTH) throw new TemplateError(file, `is no JSON, and too large for YAML: it has ${text.length} characters, where YAML may have ${MAX_YAML_LENGTH}.`);
  if (mostOpen(text) > MOST_OPEN) throw new TemplateError(file, `is nested more than ${DEEPEST} levels deep.`);
  // Loaded only here: a synth reads no YAML.
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const wrong = (problem: string, offset: number): TemplateError => new TemplateError(file, problem, lines.linePos(offset).line);
  const [document, another] = new yaml.Composer({ uniqueKeys: false }).compose(tokensOf(new yaml.Parser(lines.addNewLine), text, wrong), true, text.length);
  const [error] = document?.errors ?? [];
  // The parser goes down by recursion, and reports where that ended.
  if (error?.message.startsWith('Maximum call stack')) throw wrong(`is nested more than ${DEEPEST} levels deep.`, error.pos[0]);
  if (error !== undefined) throw wrong(`is broken: ${error.message.split('\n')[0] ?? ''}`, error.pos[0]);
  if (another !== undefined) throw wrong('is broken: it holds several documents, where a template is one.', another.range[0]);
  return new Reader(yaml, file, lines).json(document?.contents);
}

/** Tokens up to the first one that is broken: a file that is no YAML has as many of them as letters. */
function* tokensOf(parser: Parser, text: string, wrong: (problem: string, offset: number) => TemplateError): Generator<CST.Token> {
  for (const token of parser.parse(text)) {
    if (token.type === 'error') throw wrong(`is broken: ${token.message}`, token.offset);
    yield token;
  }
}

function mostOpen(text: string): number {
  let open = 0;
  let most = 0;
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    open = bracket[0] === '[' || bracket[0] === '{' ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}

/** Turns nodes into JSON. Aliases are followed by hand, so that what they stand for can be counted. */
class Reader {
  readonly #anchors = new Map<string, Node>();
  readonly #yaml: typeof import('yaml');
  readonly #file: string;
  readonly #lines: LineCounter;
  #aliased = 0;

  constructor(yaml: typeof import('yaml'), file: string, lines: LineCounter) {
    this.#yaml = yaml;
    this.#file = file;
    this.#lines = lines;
  }

  json(node: unknown, depth = 0, inAlias = false): Json {
    const { isAlias, isNode, isScalar, isSeq } = this.#yaml;
    if (!isNode(node)) return null;
    if (depth > DEEPEST) throw this.#wrong(node, `is nested more than ${DEEPEST} levels deep, or an alias holds itself.`);
    if (inAlias && ++this.#aliased > MOST_ALIASED) throw this.#wrong(node, `has aliases that stand for more than ${MOST_ALIASED} values.`);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) throw this.#wrong(node, `is broken: there is no anchor "${node.source}" before its alias.`);
      return this.json(target, depth + 1, true);
    }
    if (node.anchor !== undefined && !inAlias) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return shortForm(node.tag, scalar(node));
    // Sets and ordered maps of YAML's own tags hold pairs, as maps do.
    const isList = isSeq(node) && !node.items.some((item) => this.#yaml.isPair(item));
    return shortForm(node.tag, isList ? node.items.map((item) => this.json(item, depth + 1, inAlias)) : this.#map(node as YAMLMap, depth + 1, inAlias));
  }

  #map(map: YAMLMap, depth: number, inAlias: boolean): JsonObject {
    const merged: [string, Json][] = [];
    const entries = new Map<string, Json>();
    for (const { key, value } of map.items) {
      if (!this.#yaml.isScalar(key)) throw this.#wrong(this.#yaml.isNode(key) ? key : map, 'is broken: a key must be a text.');
      const name = String(key.source ?? key.value);
      if (entries.has(name)) throw this.#wrong(key, `is broken: the key "${name}" stands twice in one map.`);
      const json = this.json(value, depth, inAlias);
      if (name === '<<') merged.push(...[json].flat().flatMap((part) => (typeof part === 'object' && part !== null ? Object.entries(part) : [])));
      else entries.set(name, json);
    }
    // What is written out has precedence, and so has what is merged first.
    return Object.fromEntries([...merged.toReversed(), ...entries]);
  }

  #wrong({ range }: Node, problem: string): TemplateError {
    return new TemplateError(this.#file, problem, range ? this.#lines.linePos(range[0]).line : undefined);
  }
}

/** A scalar. A number that would lose something as a number (`012345678901`, `3.10`) stays text. */
function scalar({ value, source = '', tag, type }: Scalar): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value) === source ? value : source;
  if (typeof value === 'string') return type === 'PLAIN' && tag === undefined ? (WORDS[value.toLowerCase()] ?? value) : value;
  return source;
}

/** `!Name value` as `{"Fn::Name": value}`; a tag of YAML's own changes nothing. */
function shortForm(tag: string | undefined, json: Json): Json {
  if (tag === undefined || !/^![^!]/.test(tag)) return json;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: json };
  // Only the first dot parts the resource from its attribute.
  if (name === 'GetAtt' && typeof json === 'string') return { 'Fn::GetAtt': /^([^.]*)\.(.*)$/s.exec(json)?.slice(1) ?? [json] };
  return { [`Fn::${name}`]: json };
}
