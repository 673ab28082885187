import type { Outcome } from '../../evidence/types.ts';
import type { Verdict } from '../../verdict.ts';
import { BY_ATTENTION, LABELS, total } from '../count.ts';
import type { Counts } from '../count.ts';
import { sha256 } from '../hash.ts';
import { shorten } from '../text.ts';
import { anchor, html, Markup } from './markup.ts';
import type { Piece } from './markup.ts';

/** Longest text of a cell; the rest stands in `evidence.json`. */
const LONGEST = 1_200;

/** Signs of the verdicts, so that colour does not tell alone. */
const SIGNS: Readonly<Record<Verdict, string>> = { PASS: '✓', FAIL: '✕', ACCEPTED: '◐', UNKNOWN: '?', NOT_APPLICABLE: '–', MANUAL: '✎', ERROR: '!' };

/** CSS class of a verdict. */
export function verdictClass(verdict: Verdict): string {
  return `v-${verdict.toLowerCase().replace('_', '-')}`;
}

/** A verdict as a badge, with how many there are where that is told. */
export function badge(verdict: Verdict, count?: number): Markup {
  return html`<span class="badge ${verdictClass(verdict)}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${count !== undefined && html`${count} `}${count === undefined ? LABELS[verdict] : LABELS[verdict].toLowerCase()}</span>`;
}

/** Badges of all verdicts that occur. */
export function badges(counts: Counts): Markup {
  return html`<span class="badges">${BY_ATTENTION.filter((verdict) => counts[verdict] > 0).map((verdict) => badge(verdict, counts[verdict]))}</span>`;
}

/** The shares of the verdicts as a bar. It is a drawing of numbers that stand beside it. */
export function bar(counts: Counts): Markup {
  const all = total(counts);
  let at = 0;
  const pieces = BY_ATTENTION.filter((verdict) => counts[verdict] > 0).map((verdict) => {
    const width = (counts[verdict] / all) * 1000;
    const piece = html`<rect class="${verdictClass(verdict)}" x="${at.toFixed(2)}" y="0" width="${Math.max(width - 2, 1).toFixed(2)}" height="10"/>`;
    at += width;
    return piece;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${pieces}</svg>`;
}

/** A table that scrolls by itself where the page is narrow, or turns its rows into cards. */
export function table(name: string, columns: readonly string[], rows: readonly Markup[], kind: 'cards' | 'scroll' = 'cards'): Markup {
  const head = html`<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>`;
  return html`<div class="table" role="region" aria-label="${name}" tabindex="0"><table class="${kind}">${head}<tbody>${rows}</tbody></table></div>`;
}

/** A cell that names its column where rows are cards. */
export function cell(column: string, ...content: readonly Piece[]): Markup {
  return Markup.of(content) === '' ? html`<td></td>` : html`<td data-label="${column}"><div>${content}</div></td>`;
}

/** Text of bounded length. */
export function text(value: string | undefined, missing = ''): Piece {
  return value === undefined || value === '' ? missing : shorten(value, LONGEST);
}

/** Text in the type of names and values; it breaks after the characters that join names. */
export function code(value: string | undefined): Piece {
  return value === undefined || value === '' ? '' : html`<code>${joints(value)}</code>`;
}

/** Text that may break behind the characters that join names. */
export function joints(value: string): Piece {
  return shorten(value, LONGEST)
    .split(/(?<=[/:.])(?=\w)/)
    .map((piece, at) => [at > 0 && html`<wbr>`, piece]);
}

/** Id of a control's section. */
export function controlAnchor(id: string): string {
  return anchor('control', id);
}

/** Id of a decision's row. */
export function decisionAnchor(id: string): string {
  return anchor('decision', id);
}

/** Id of an outcome's row: it stays while control, resource and part do. */
export function outcomeAnchor({ control, place, part, property }: Outcome, again: number): string {
  return `evidence-${sha256(JSON.stringify([control, place?.stack, place?.path, place?.logicalId, part, property, again])).slice(0, 16)}`;
}
