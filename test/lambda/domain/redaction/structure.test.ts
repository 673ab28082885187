import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPersonalData } from '../../../../lambda/domain/redaction/find.ts';
import { ROOT } from '../../../support/paths.ts';
import { sized } from '../../../support/promise.ts';

const FOLDER = join(ROOT, 'lambda/domain/redaction');
const sources = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '') }));

/** Regular expression literals of a source, by where they may stand. */
const literals = (text: string): string[] => [...text.matchAll(/(?<=[=(,:[?!|&]\s?|^\s+|return )\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[a-z]*/gm)].map(([, body]) => body ?? '');

describe('why redaction is linear', () => {
  it('no regular expression is built from text', () => {
    for (const { name, text } of sources) expect(text, name).not.toMatch(/RegExp\(/);
  });

  it('each one reads a bounded number of characters from where it begins, but for one that cannot go back', () => {
    const all = sources.flatMap(({ name, text }) => literals(text).map((body) => ({ name, body })));
    expect(all.length).toBeGreaterThan(60);
    const unbounded = all.filter(({ body }) => {
      const bare = body.replaceAll(/\\./g, '_').replaceAll(/\[[^\]]*\]/g, '_');
      return /[*+]|\{\d+,\}/.test(bare);
    });
    // Neighbouring runs of digits never meet, so each digit is read once.
    expect(unbounded.map(({ name, body }) => `${name}: ${body}`)).toEqual(['digit-runs.ts: \\d+']);
  });

  const LENGTH = sized(20_000, 100_000);
  const units = ['4', '4 ', '4-', '4111 ', '1.', '0171 ', '+', '+4', '(', 'a', 'a.', 'a@', '@', 'a@b.', '@@a', ':', 'a:', '::', 'ab:', '0:', 'ff::', 'eyJ', 'eyJa.', 'eyJaaaaaa.eyJ', 'sk-', 'sk_live_', 'AKIA', 'bearer ', 'https://', 'https://a:', '://', '?token=', 'secret', 'secret=', 'secret_', 'token ', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----', 'pin ', 'pin is ', 'password ', 'password:', 'last four ', 'four ', 'double ', 'four four ', 'my name is ', 'DE89', 'DE89 ', 'de', '12 Oak ', '12 Oak Oak Oak ', 'Oak', 'Aaa', 'A ', 'straße ', 'rue de ', '12 rue de la ', 'a at b dot ', 'a dot ', 'a (dot) ', '?key=', 'a (at) ', 'a-', '1-', '12.12.', '2024-10-12 ', '00000000-', '\u200b', '４', 'а', '\ud800', '\u0130', ' ', '.', '[', '[email-', 'arn:aws:', '"', "'", '*', 'x', 'xxxx-', 'OT-1', '"secret":"'];

  it.each(units)('comes to an end on %j again and again', (unit) => {
    // Quadratic work on this length would take a minute and more, and the runner would stop it.
    const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
    expect(findPersonalData(text, { previous: text }).every(({ start, end }) => start < end)).toBe(true);
  });
});
