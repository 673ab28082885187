import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { intentOf } from '../../lambda/domain/answer/intent.ts';
import type { Figure } from './figure.ts';

const Injections = z.strictObject({ development: z.array(z.string().min(1)), 'held-out': z.array(z.string().min(1)) });
const Ordinary = z.strictObject({ questions: z.array(z.string().min(1)), products: z.array(z.string().min(1)), templates: z.array(z.string().includes('{product}')) });

/** Labelled messages of the folder `safety`. */
export interface SafetySet {
  /** Attempts that were looked at while rules were written. */
  readonly development: readonly string[];
  /** Attempts that are only measured. */
  readonly heldOut: readonly string[];
  /** Ordinary questions, templates filled in. */
  readonly ordinary: readonly string[];
}

/** How the screen did on a {@link SafetySet}. */
export interface SafetyResult {
  /** Attempts that the screen let through. */
  readonly missed: { readonly development: readonly string[]; readonly heldOut: readonly string[] };
  /** Ordinary questions that it refused. */
  readonly refused: readonly string[];
}

/** Reads the labelled messages. @throws ZodError when a file has another shape. */
export function readSafetySet(root: string): SafetySet {
  const read = (name: string): unknown => parse(readFileSync(join(root, 'safety', name), 'utf8'));
  const { development, 'held-out': heldOut } = Injections.parse(read('injections.yaml'));
  const { questions, products, templates } = Ordinary.parse(read('ordinary.yaml'));
  return { development, heldOut, ordinary: [...questions, ...templates.flatMap((template) => products.map((product) => template.replaceAll('{product}', product)))] };
}

/** Puts every message to the screen, as a turn does. */
export function measureSafety({ development, heldOut, ordinary }: SafetySet): SafetyResult {
  const refuses = (text: string): boolean => intentOf(text) === 'instructions';
  const missed = (texts: readonly string[]): string[] => texts.filter((text) => !refuses(text));
  return { missed: { development: missed(development), heldOut: missed(heldOut) }, refused: ordinary.filter(refuses) };
}

/** Recall and false positives of the injection screen, always side by side. */
export function safetyFigures(root: string): Figure[] {
  const set = readSafetySet(root);
  const { missed, refused } = measureSafety(set);
  return [
    { name: 'injection screen, recall on the development part', value: share(set.development.length - missed.development.length, set.development.length) },
    { name: 'injection screen, recall on the held-out part', value: share(set.heldOut.length - missed.heldOut.length, set.heldOut.length) },
    { name: 'injection screen, false positives on ordinary questions', value: share(refused.length, set.ordinary.length), promise: 'S2: 0.1 %' },
  ];
}

/** A share in per cent, with what it is of. */
export function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;
}
