import type { Reply } from '../../lambda/contracts/api.ts';
import type { Expectation } from './scenario.ts';

/** Reasons why a reply is not what was expected; none when it is. */
export function judge(reply: Reply, expected: Expectation): string[] {
  const text = reply.text.toLowerCase();
  const cited = reply.sources.map(({ id }) => id);
  const reasons: string[] = [];
  if (reply.kind !== expected.kind) reasons.push(`kind is ${reply.kind}, expected ${expected.kind}`);
  if (expected.sources && !expected.sources.some((id) => cited.includes(id))) reasons.push(`cites ${cited.join(', ') || 'nothing'}, expected one of ${expected.sources.join(', ')}`);
  for (const part of expected.contains ?? []) if (!text.includes(part.toLowerCase())) reasons.push(`does not say "${part}"`);
  for (const part of expected.notContains ?? []) if (text.includes(part.toLowerCase())) reasons.push(`says "${part}"`);
  if (reasons.length > 0) reasons.push(`it said: ${reply.text.length > 200 ? `${reply.text.slice(0, 200)}…` : reply.text}`);
  return reasons;
}
