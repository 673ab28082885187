import { arrayOf, booleanOf, isObject, objectOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** What the intrinsic functions of one stack refer to. */
export interface Scope {
  /** Value of `Ref` to a parameter, resource or pseudo parameter. @throws Error when there is none */
  ref(name: string): unknown;
  /** Value of `Fn::GetAtt`. @throws Error when there is none */
  attribute(logicalId: string, attribute: string): unknown;
  /** Value of `Fn::ImportValue`. @throws Error when no stack exports it */
  importValue(name: string): unknown;
  /** Value of `Fn::GetStackOutput`. @throws Error when there is no such stack or output */
  stackOutput(stack: string, output: string): unknown;
  /** Value of `Fn::FindInMap`. @throws Error when there is none */
  mapping(name: string, first: string, second: string): unknown;
  /** Condition of that name, unresolved. @throws Error when there is none */
  condition(name: string): unknown;
}

/** What `AWS::NoValue` becomes: members and elements with it vanish. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(String(name)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : arrayOf(argument).map((part) => text(part, scope));
    return scope.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = arrayOf(argument);
    return list(parts, scope).map((part) => plain(part, 'Fn::Join')).join(text(separator, scope));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Select': (argument, scope) => {
    const [index, parts] = arrayOf(argument);
    const values = list(parts, scope);
    const at = Number(text(index, scope));
    if (!Number.isInteger(at) || at < 0 || at >= values.length) throw new Error(`Fn::Select asks for element ${at} of ${values.length}.`);
    return values[at];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, value] = arrayOf(argument);
    return text(value, scope).split(text(separator, scope));
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = arrayOf(argument);
    return resolve(holds({ Condition: condition }, scope) ? yes : no, scope);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(argument, scope)),
  'Fn::GetStackOutput': (argument, scope) => {
    const members = objectOf(argument);
    return scope.stackOutput(text(members['StackName'], scope), text(members['OutputName'], scope));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = arrayOf(argument).map((part) => text(part, scope));
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(argument, scope)).toString('base64'),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
};

/**
 * Replaces the intrinsic functions in a template value.
 * @throws Error for a function that is not known here, or a reference that leads nowhere
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((element) => resolve(element, scope)).filter((element) => element !== NO_VALUE);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) {
    const intrinsic = INTRINSICS[only[0]];
    if (intrinsic !== undefined) return intrinsic(only[1], scope);
    if (only[0].startsWith('Fn::')) throw new Error(`${only[0]} is not emulated by the local runner. Write the value without it.`);
  }
  return Object.fromEntries(entries.map(([name, member]) => [name, resolve(member, scope)] as const).filter(([, member]) => member !== NO_VALUE));
}

/** Whether a condition (its name, or its expression) holds. @throws Error for an unknown function */
export function holds(condition: unknown, scope: Scope): boolean {
  if (!isObject(condition)) return booleanOf(condition);
  const operands = (name: string): readonly unknown[] => arrayOf(condition[name]);
  if ('Condition' in condition) return holds(scope.condition(String(condition['Condition'])), scope);
  if ('Fn::Equals' in condition) {
    const [left, right] = operands('Fn::Equals').map((operand) => JSON.stringify(resolve(operand, scope)));
    return left === right;
  }
  if ('Fn::Not' in condition) return !holds(operands('Fn::Not')[0], scope);
  if ('Fn::And' in condition) return operands('Fn::And').every((operand) => holds(operand, scope));
  if ('Fn::Or' in condition) return operands('Fn::Or').some((operand) => holds(operand, scope));
  throw new Error(`The condition function ${Object.keys(condition).join(', ')} is not emulated by the local runner.`);
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? [String(argument[0]), objectOf(argument[1])] : [String(argument), {} as JsonObject];
  return template.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const key = name.trim();
    if (key in variables) return text(variables[key], scope);
    const dot = key.indexOf('.');
    return plain(dot < 0 ? scope.ref(key) : scope.attribute(key.slice(0, dot), key.slice(dot + 1)), `\${${key}}`);
  });
}

const text = (value: unknown, scope: Scope): string => plain(resolve(value, scope), JSON.stringify(value));

function list(value: unknown, scope: Scope): readonly unknown[] {
  const resolved = resolve(value, scope);
  if (!Array.isArray(resolved)) throw new Error(`A list was expected instead of ${JSON.stringify(resolved)}.`);
  return resolved;
}

function plain(value: unknown, what: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${what} must be text, not ${value === NO_VALUE ? 'AWS::NoValue' : JSON.stringify(value)}.`);
}
