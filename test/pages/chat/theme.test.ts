import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, parseHexColour } from '../../../pages/chat/colour.ts';

const css = readFileSync(new URL('../../../pages/chat/theme.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
const variables = (part: string): Map<string, string> => new Map(Array.from(part.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{3,6})/g), ([, name = '', value = '']) => [name, value]));

const THEMES = { light: variables(light), dark: new Map([...variables(light), ...variables(dark.split('*::before')[0] ?? '')]) };

/** Text on background: 4.5 to 1 (WCAG 2.2, 1.4.3). Outlines of controls and the focus ring: 3 to 1 (1.4.11). */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['text', 'surface', 4.5],
  ['text', 'raised', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'raised', 4.5],
  ['on-accent', 'accent', 4.5],
  ['warning-text', 'warning-surface', 4.5],
  ['error', 'surface', 4.5],
  ['note-fallback', 'raised', 4.5],
  ['note-refusal', 'raised', 4.5],
  ['note-handoff', 'raised', 4.5],
  ['control', 'surface', 3],
];

describe.each(Object.entries(THEMES))('%s theme', (_name, theme) => {
  it.each(PAIRS)('%s on %s reaches %d to 1', (front, back, least) => {
    const [one, other] = [parseHexColour(theme.get(front) ?? ''), parseHexColour(theme.get(back) ?? '')];
    expect(one && other && contrast(one, other)).toBeGreaterThanOrEqual(least);
  });
});
