import type { JsonNode } from '../json-schema.ts';

const FORMATS: Record<string, string> = {
  email: 'a mail address',
  uri: 'a URL',
  date: 'a date such as 2026-09-30',
};

/** What is allowed, in words: `whole number, 1 to 300`. Forms of a union are told apart by what is in them. */
export function typeWords(node: JsonNode): string {
  if (node.allowed) return node.allowed;
  if (node.const !== undefined) return quoted(node.const);
  if (node.enum) return oneOf(node.enum.map(quoted));
  const forms = node.oneOf ?? node.anyOf;
  if (forms) return formsInWords(forms);
  if (node.type === 'boolean') return 'true or false';
  if (node.type === 'integer') return `whole number${range(node.minimum, node.maximum)}`;
  if (node.type === 'number') return `number${node.exclusiveMinimum === undefined ? range(node.minimum, node.maximum) : `, more than ${node.exclusiveMinimum}`}`;
  if (node.type === 'string') return (node.format && FORMATS[node.format]) ?? `text${size(node.minLength, node.maxLength, 'character')}`;
  if (node.type === 'array') return `list${size(node.minItems, node.maxItems, node.maxItems === 1 ? 'entry' : 'entries')}${node.items ? `, each ${typeWords(node.items)}` : ''}`;
  return objectWords(node);
}

function objectWords(node: JsonNode): string {
  if (typeof node.additionalProperties === 'object') {
    return `map from ${node.propertyNames ? typeWords(node.propertyNames) : 'text'} to ${typeWords(node.additionalProperties)}`;
  }
  const names = Object.entries(node.properties ?? {}).map(([name, child]) => {
    if (child.const !== undefined) return `${name}: ${quoted(child.const)}`;
    return node.required?.includes(name) ? name : `${name}?`;
  });
  return `{ ${names.join(', ')} }`;
}

function formsInWords(forms: readonly JsonNode[]): string {
  if (forms.every((form) => form.const !== undefined)) return oneOf(forms.map((form) => quoted(form.const)));
  return `either ${forms.map(typeWords).join(', or ')}`;
}

/** A constant as environment files write it. */
export function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`;
}

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : `, at most ${max}`;
  return max === undefined ? `, at least ${min}` : `, ${min} to ${max}`;
}

function size(min: number | undefined, max: number | undefined, what: string): string {
  const plural = what.endsWith('s') || what === 'entry' ? what : `${what}s`;
  if (min === undefined) return max === undefined ? '' : ` of at most ${max} ${plural}`;
  if (max === undefined) return ` of at least ${min} ${min === 1 && plural === 'entries' ? 'entry' : min === 1 ? what : plural}`;
  return ` of ${min} to ${max} ${plural}`;
}
