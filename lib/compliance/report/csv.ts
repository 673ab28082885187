import type { Outcome } from '../evidence/types.ts';
import type { Model } from './model.ts';
import { shorten, visible } from './text.ts';

/** Longest text of a cell: spreadsheets cut at 32,767 characters, quotes and note included. */
const LONGEST = 16_000;

/** What a spreadsheet takes for the start of a formula, behind any white space, in its wide forms too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]|^[\t\r]/u;

const COLUMNS: readonly (readonly [name: string, value: (outcome: Outcome, model: Model) => string | undefined])[] = [
  ['framework', (outcome, model) => model.control(outcome).framework],
  ['control', ({ control }) => control],
  ['title', (outcome, model) => model.control(outcome).title],
  ['references', (outcome, model) => model.control(outcome).references.join('; ')],
  ['rule version', (outcome, model) => model.control(outcome).version],
  ['verdict', ({ verdict }) => verdict],
  ['stack', ({ place }) => place?.stack],
  ['construct path', ({ place }) => place?.path],
  ['logical id', ({ place }) => place?.logicalId],
  ['type', ({ place }) => place?.type],
  ['part', ({ part }) => part],
  ['property', ({ property }) => property],
  ['actual', ({ actual }) => actual],
  ['expected', ({ expected }) => expected],
  ['note', ({ note }) => note],
  ['decision', ({ decision }) => decision],
  ['decision state', (outcome, model) => model.decision(outcome)?.state],
  ['owner', (outcome, model) => model.decision(outcome)?.owner],
  ['approver', (outcome, model) => model.decision(outcome)?.approver],
  ['ticket', (outcome, model) => model.decision(outcome)?.ticket],
  ['expires', (outcome, model) => model.decision(outcome)?.expires],
  ['evidence', ({ slot }) => slot?.evidence],
  ['evidence owner', ({ slot }) => slot?.owner],
  ['evidence due', ({ slot }) => slot?.due],
  ['template', (outcome, model) => model.template(outcome)?.file],
  ['template sha256', (outcome, model) => model.template(outcome)?.sha256],
  ['commit', (_, { evidence }) => evidence.commit],
  ['release', (_, { evidence }) => evidence.release],
];

/** Every outcome as a row (RFC 4180: CRLF, every cell in quotes), none of whose cells is a formula to a spreadsheet. */
export function csv(model: Model): string {
  const rows = [COLUMNS.map(([name]) => name), ...model.evidence.outcomes.map((outcome) => COLUMNS.map(([, value]) => value(outcome, model) ?? ''))];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that reads as text whatever it holds: one that would start a formula gets an apostrophe in front. */
function cell(text: string): string {
  const readable = `${FORMULA.test(text) ? "'" : ''}${shorten(visible(text), LONGEST)}`;
  return `"${readable.replaceAll('"', '""')}"`;
}
