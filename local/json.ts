/** A JSON object whose members are not known. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is a JSON object (no array, no null). */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that must be a JSON object. @default - an empty one when it is absent or something else */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** A member that must be an array. @default - an empty one when it is absent or something else */
export const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value as text; undefined unless it is text or a number. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined);

/** The value as a number; CloudFormation also writes numbers as text. Undefined unless it is one. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The value as a boolean; CloudFormation also writes them as text. */
export const booleanOf = (value: unknown): boolean => value === true || value === 'true';

/** Any JSON value as text: text as it is, everything else as JSON. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** What an unknown thrown value says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
