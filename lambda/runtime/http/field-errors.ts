import type * as z from 'zod/mini';
import type { FieldError } from '../../domain/conversation/problems.ts';

type Issue = z.core.$ZodIssue;

/** Longest field name that is shown back, in characters: it may be the client's own. */
const MAX_FIELD_CHARACTERS = 100;

/** What a body broke, one entry a field and rule, in the words of the API's users. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: fieldName([...path, key]), rule: 'is no field of this request' }));
    return [{ field: fieldName(path), rule: rule(issue) }];
  });
}

/** Fields whose text holds half a surrogate pair: it is no text, cannot be stored as UTF-8 and would come back changed. */
export function brokenText(value: unknown): FieldError[] {
  const found: FieldError[] = [];
  // A list to work off, not recursion: a body may be nested as deep as its size allows.
  const open: { readonly value: unknown; readonly path: string }[] = [{ value, path: 'body' }];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (typeof entry.value === 'string' && !entry.value.isWellFormed()) found.push({ field: fieldName([entry.path]), rule: 'must not contain half of a surrogate pair' });
    if (typeof entry.value !== 'object' || entry.value === null) continue;
    for (const [name, inner] of Object.entries(entry.value)) {
      if (!name.isWellFormed()) found.push({ field: fieldName([name]), rule: 'is no field of this request' });
      open.push({ value: inner, path: name });
    }
  }
  return found;
}

/** Name of a field as it is shown back: readable, and not long. */
export const fieldName = (path: readonly string[]): string => {
  const name = path.join('.').toWellFormed();
  return name === '' ? 'body' : name.slice(0, MAX_FIELD_CHARACTERS).toWellFormed();
};

function rule(issue: Issue): string {
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected === 'int' ? 'whole number' : issue.expected)}`;
  if (issue.code === 'too_big') return issue.origin === 'string' ? `must have at most ${issue.maximum} characters` : `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small') return issue.origin === 'string' ? `must have at least ${issue.minimum} characters` : `must be at least ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  // The schemas of the contracts say the rule of a format in words.
  return issue.code === 'invalid_format' ? issue.message : 'has a value that is not allowed';
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
