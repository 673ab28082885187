import { parseFinding } from './finding.ts';
import type { RiskDecision } from './types.ts';

/** Longest that a decision may hold before it is looked at again, in days. */
export const MAX_DAYS = 180;

const DAY = 86_400_000;

/** What is wrong with a decision by itself, with what to change; undefined when nothing is. */
export function faultOf(decision: RiskDecision): string | undefined {
  const { id, findings, justification, compensatingControl } = decision;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return 'the id must be short and in kebab-case, e.g. "no-access-log".';
  if (justification.trim().length < 40 || compensatingControl.trim().length < 15) {
    return 'justification and compensatingControl must be sentences that a reviewer can judge; write what is tolerated, why, and what protects instead.';
  }
  if (findings.length === 0) return 'it lists no finding; write each one that it covers.';
  const twice = findings.find((finding, index) => findings.indexOf(finding) !== index);
  if (twice !== undefined) return `it lists "${twice}" twice.`;
  return findings.map(faultOfFinding).find((fault) => fault !== undefined) ?? faultOfDates(decision);
}

function faultOfFinding(finding: string): string | undefined {
  if (/^[\w.-]*(\*|::[\w.-]*\*)/.test(finding)) return `finding "${finding}" is a wildcard, which accepts what nobody has looked at; list each finding.`;
  return parseFinding(finding) === undefined ? `finding "${finding}" is not prefixed with its pack; write it as "AwsSolutions::AwsSolutions-S1".` : undefined;
}

function faultOfDates({ since, expires }: RiskDecision): string | undefined {
  for (const [name, value] of Object.entries({ since, expires })) {
    if (dayOf(value) === undefined) return `${name} "${value}" is no day; write it as "2026-01-31".`;
  }
  const days = daysBetween(since, expires);
  if (days < 0) return `it expires on ${expires}, before it began on ${since}.`;
  return days > MAX_DAYS ? `it holds for ${days} days, until ${expires}; a decision holds for at most ${MAX_DAYS}, here until ${dayAfter(since, MAX_DAYS)}.` : undefined;
}

/** A day in milliseconds; undefined when the text is none. */
export function dayOf(text: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The calendar has no 31 February, where the clock would go on to March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time;
}

/** Days from one day to another; both must be days. */
export function daysBetween(from: string, to: string): number {
  return Math.round(((dayOf(to) ?? Number.NaN) - (dayOf(from) ?? Number.NaN)) / DAY);
}

/** The day that is some days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date((dayOf(day) ?? Number.NaN) + days * DAY).toISOString().slice(0, 10);
}
