import * as z from 'zod';
import { Environment } from './schema/index.ts';
import type { EnvironmentConfig } from './schema/index.ts';

/** A value of which any part may be missing, because it was refused or not given. */
export type Draft<T> = T extends readonly (infer U)[]
  ? readonly (Draft<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T;

/** What could be understood of an environment: the rules look at this, so that they speak up beside the schema. */
export type EnvironmentDraft = Draft<EnvironmentConfig>;

/** Keeps the parts of an input that are valid, defaults filled in, and leaves out what is not: a wrong time-out does not count as its default. */
export function draftOf(input: unknown): EnvironmentDraft {
  return keep(Environment, input) ?? {};
}

function keep(schema: z.core.$ZodType, input: unknown): unknown {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodDiscriminatedUnion) return keepForm(inner, input);
  if (inner instanceof z.ZodArray) return Array.isArray(input) ? input.map((entry) => keep(inner.element, entry)) : undefined;
  if (!isObject(input)) return undefined;
  if (inner instanceof z.ZodRecord) return keepAll(Object.keys(input).map((name) => [name, keepEntry(inner, name, input)]));
  if (inner instanceof z.ZodObject) return keepAll(Object.entries(inner.shape).map(([name, child]) => [name, keep(child, own(input, name))]));
  return undefined;
}

function keepForm(union: z.ZodDiscriminatedUnion, input: unknown): unknown {
  if (!isObject(input)) return undefined;
  const name = union.def.discriminator;
  const form = union.options.find((option) => option instanceof z.ZodObject && z.safeParse(option.shape[name] ?? z.never(), own(input, name)).success);
  return form && keep(form, input);
}

function keepEntry(record: z.ZodRecord, name: string, input: object): unknown {
  return z.safeParse(record.keyType, name).success ? keep(record.valueType, own(input, name)) : undefined;
}

function keepAll(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? unwrap(schema.def.innerType) : schema;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property only: `constructor` in a file must not find that of Object. */
function own(input: object, name: string): unknown {
  return Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
}
