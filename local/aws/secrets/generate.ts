import { randomInt } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { isObject } from '../fields.ts';
import type { GenerateSecretString } from '../types.ts';

const KINDS = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;
const DEFAULT_LENGTH = 32;
const MAX_LENGTH = 4096;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

/**
 * A random password by Secrets Manager's rules.
 * @throws InvalidParameterException when the rules leave no character, or the length is out of 1-4096
 */
export function randomPassword(spec: GenerateSecretString): string {
  const length = spec.passwordLength ?? DEFAULT_LENGTH;
  const excluded = new Set(spec.excludeCharacters ?? '');
  const left = (characters: string): string => Array.from(characters).filter((each) => !excluded.has(each)).join('');
  const kinds = [
    spec.excludeLowercase ? '' : KINDS.lowercase,
    spec.excludeUppercase ? '' : KINDS.uppercase,
    spec.excludeNumbers ? '' : KINDS.numbers,
    spec.excludePunctuation ? '' : KINDS.punctuation,
    spec.includeSpace ? ' ' : '',
  ].map(left).filter((characters) => characters !== '');
  if (length < 1 || length > MAX_LENGTH) throw invalid(`PasswordLength must be between 1 and ${MAX_LENGTH}; it is ${length}.`);
  if (kinds.length === 0) throw invalid('The password rules exclude every character.');
  const once = spec.requireEachIncludedType === false ? [] : kinds;
  if (once.length > length) throw invalid(`PasswordLength ${length} is too short for one character of each of ${once.length} types.`);
  const all = kinds.join('');
  const characters = [...once.map(pick), ...Array.from({ length: length - once.length }, () => pick(all))];
  // Without a shuffle, the first characters would be one of each kind, in order.
  for (let i = characters.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j]!, characters[i]!];
  }
  return characters.join('');
}

/** The first value of a secret: a password, or a JSON object with the password in it. @throws as `randomPassword` */
export function generateSecretString(spec: GenerateSecretString): string {
  const password = randomPassword(spec);
  const { secretStringTemplate: template, generateStringKey: key } = spec;
  if (template === undefined && key === undefined) return password;
  const object: unknown = template === undefined || key === undefined ? undefined : JSON.parse(template);
  if (!isObject(object) || key === undefined) {
    throw invalid('SecretStringTemplate must be a JSON object, and GenerateStringKey must name the member for the password.');
  }
  return JSON.stringify({ ...object, [key]: password });
}
