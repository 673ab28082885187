import type { Explanation, ValueThere } from '../explain.ts';
import type { Paint } from '../problem.ts';
import { credentialKind } from '../secrets.ts';

/** Longest value that is shown, in characters. */
const LONGEST = 100;

/** A value as environment files could hold it, on one line. */
export function literal(value: unknown): string {
  const text = JSON.stringify(value, (name: string, inner: unknown) => (typeof inner === 'string' && credentialKind(inner, name) ? '(not shown)' : inner)) ?? '(none)';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** An explanation as text. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const { path, description, unit, allowed, required, onlyWith, options, values } = explanation;
  const line = (label: string, text: string): string => `  ${paint.faint(label.padEnd(10))}${text}`;
  const whole = path === '';
  const facts = [
    ...(whole ? [] : [line('allowed', allowed)]),
    ...(unit ? [line('unit', unit)] : []),
    ...(whole ? [] : [line('default', explanation.default === undefined ? (required ? 'none: it must be given' : 'none: it may be left out') : literal(explanation.default))]),
    ...(onlyWith ? [line('only with', onlyWith)] : []),
  ];
  const width = Math.max(0, ...options.map((option) => option.path.length)) + 2;
  return [
    paint.strong(whole ? 'environment' : path),
    `  ${description}`,
    ...facts,
    ...(options.length > 0 ? ['', paint.strong('Options'), ...options.map((option) => `  ${option.path.padEnd(width)}${option.description}`)] : []),
    ...(whole ? [] : ['', paint.strong('Values'), ...values.map((there) => line(there.environment, valueText(there)))]),
  ].join('\n');
}

function valueText({ value, from }: ValueThere): string {
  if (from === 'elsewhere') return 'not used: its section has another form here';
  if (from === 'unset') return 'not set';
  return `${literal(value)}${from === 'default' ? ' (default)' : ''}`;
}
