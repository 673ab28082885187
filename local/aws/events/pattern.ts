import { isObject } from '../fields.ts';
import type { JsonObject } from '../types.ts';

/** Whether an event satisfies a pattern. */
export type Matcher = (event: JsonObject) => boolean;
/** Tests the values at one place; an absent member has none. */
type Test = (values: readonly unknown[]) => boolean;

/**
 * Compiles an EventBridge event pattern: exact values, prefix, suffix, equals-ignore-case, wildcard, anything-but,
 * exists, numeric, and `$or`.
 * @throws Error for a pattern that EventBridge would refuse, and for operators that are not emulated (cidr)
 */
export function compilePattern(pattern: JsonObject): Matcher {
  return fields(pattern, 'the pattern');
}

function fields(pattern: JsonObject, where: string): Matcher {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new Error(`Event pattern: ${where} is empty; it must name at least one field.`);
  const matchers = entries.map(([name, value]): Matcher => {
    const place = `${where}.${name}`;
    if (name === '$or') return anyOf(value, place);
    if (Array.isArray(value)) {
      const test = list(value, place);
      return (event) => test(valuesOf(event, name));
    }
    if (!isObject(value)) throw new Error(`Event pattern: ${place} must be a list or an object, not ${JSON.stringify(value)}.`);
    const inner = fields(value, place);
    // Members of an object in a list match one by one, as in EventBridge.
    return (event) => {
      const values = valuesOf(event, name);
      return values.length === 0 ? inner({}) : values.some((each) => inner(isObject(each) ? each : {}));
    };
  });
  return (event) => matchers.every((matches) => matches(event));
}

function anyOf(value: unknown, where: string): Matcher {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    throw new Error(`Event pattern: ${where} must be a list of at least two patterns.`);
  }
  const options = value.map((each, i) => fields(each, `${where}[${i}]`));
  return (event) => options.some((matches) => matches(event));
}

function valuesOf(event: JsonObject, name: string): readonly unknown[] {
  if (!Object.hasOwn(event, name)) return [];
  const value = event[name];
  return Array.isArray(value) ? value : [value];
}

function list(options: readonly unknown[], where: string): Test {
  if (options.length === 0) throw new Error(`Event pattern: ${where} is an empty list; it would match nothing.`);
  const tests = options.map((option) => (isObject(option) ? operator(option, where) : exactly(option)));
  return (values) => tests.some((test) => test(values));
}

const exactly = (wanted: unknown): Test => (values) => values.includes(wanted);
const onText = (test: (text: string) => boolean): Test => (values) => values.some((value) => typeof value === 'string' && test(value));

/** Operators on text; also allowed within anything-but. */
const TEXT: Readonly<Record<string, (argument: string) => (text: string) => boolean>> = {
  prefix: (argument) => (text) => text.startsWith(argument),
  suffix: (argument) => (text) => text.endsWith(argument),
  'equals-ignore-case': (argument) => (text) => text.toLowerCase() === argument.toLowerCase(),
  wildcard: (argument) => {
    const form = new RegExp(`^${argument.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')}$`, 's');
    return (text) => form.test(text);
  },
};

function textTest(name: string, argument: unknown, where: string): ((text: string) => boolean) | undefined {
  const make = Object.hasOwn(TEXT, name) ? TEXT[name] : undefined;
  if (!make) return undefined;
  if (isObject(argument) && typeof argument['equals-ignore-case'] === 'string') {
    const folded = make(argument['equals-ignore-case'].toLowerCase());
    return (text) => folded(text.toLowerCase());
  }
  if (typeof argument !== 'string') throw new Error(`Event pattern: ${where}: ${name} takes a string, not ${JSON.stringify(argument)}.`);
  return make(argument);
}

function operator(option: JsonObject, where: string): Test {
  const [name, ...rest] = Object.keys(option);
  if (name === undefined || rest.length > 0) throw new Error(`Event pattern: ${where} must hold one operator in each object.`);
  const argument = option[name];
  const text = textTest(name, argument, where);
  if (text) return onText(text);
  if (name === 'exists') {
    if (typeof argument !== 'boolean') throw new Error(`Event pattern: ${where}: exists takes true or false, not ${JSON.stringify(argument)}.`);
    return (values) => values.length > 0 === argument;
  }
  if (name === 'anything-but') return anythingBut(argument, where);
  if (name === 'numeric') return numeric(argument, where);
  throw new Error(`Event pattern: ${where}: the loop-back endpoint does not emulate the operator '${name}'.`);
}

function anythingBut(argument: unknown, where: string): Test {
  if (isObject(argument)) {
    const [name] = Object.keys(argument);
    const inner = argument[name ?? ''];
    const tests = (Array.isArray(inner) ? inner : [inner]).map((each) => {
      const test = textTest(name ?? '', each, where);
      if (!test) throw new Error(`Event pattern: ${where}: anything-but does not take '${name}'.`);
      return test;
    });
    return onText((text) => tests.every((test) => !test(text)));
  }
  const refused = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
  return (values) => values.some((value) => !refused.includes(value));
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numeric(argument: unknown, where: string): Test {
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [];
  const bounds: ((value: number) => boolean)[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const compare = COMPARE[String(parts[i])];
    const bound = parts[i + 1];
    if (!compare || typeof bound !== 'number') throw new Error(`Event pattern: ${where}: numeric takes pairs such as [">", 0, "<=", 5], not ${JSON.stringify(argument)}.`);
    bounds.push((value) => compare(value, bound));
  }
  if (bounds.length < 1 || bounds.length > 2) throw new Error(`Event pattern: ${where}: numeric takes one or two comparisons.`);
  return (values) => values.some((value) => typeof value === 'number' && bounds.every((holds) => holds(value)));
}
