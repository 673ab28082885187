import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { Knowledge } from '../../../../config/schema/conversation.ts';
import { parseArticle } from '../../../../lambda/domain/knowledge/article.ts';
import { compileKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { openKnowledge } from '../../../../lambda/domain/knowledge/retriever.ts';

/** What an environment gets that sets nothing; chosen on the tuning half. */
const THRESHOLD = Knowledge.parse({}).scopeThreshold;

const ROOT = 'knowledge/articles';
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const parsed = files.map((file) => parseArticle(file, readFileSync(join(ROOT, file), 'utf8')));
const articles = parsed.flatMap((one) => ('article' in one ? [one.article] : []));
const retriever = openKnowledge(JSON.parse(JSON.stringify(compileKnowledge(articles))));

const Labelled = z.array(z.strictObject({ ask: z.string(), expect: z.union([z.string(), z.array(z.string())]) }));
const labelled = Labelled.parse(parse(readFileSync('knowledge/evaluation.yaml', 'utf8'))).map(({ ask, expect }) => ({
  ask,
  right: [expect].flat(),
  hits: retriever.find(ask, 5),
  heldOut: (createHash('sha256').update(ask).digest()[0] ?? 0) % 2 === 1,
}));
type Asked = (typeof labelled)[number];

const inScope = (one: Asked): boolean => !one.right.includes('out-of-scope');
const share = (all: readonly Asked[], holds: (one: Asked) => boolean): number => all.filter(holds).length / all.length;
const accepted = ({ hits }: Asked): boolean => (hits[0]?.score ?? 0) >= THRESHOLD;
const first = ({ hits, right }: Asked): boolean => right.includes(hits[0]?.passage.articleId ?? '');
const amongFive = ({ hits, right }: Asked): boolean => hits.some(({ passage }) => right.includes(passage.articleId));

describe('the sample knowledge base', () => {
  it('has no article that cannot be read, and no label without its article', () => {
    expect(parsed.flatMap((one) => ('problems' in one ? one.problems : []))).toEqual([]);
    expect(labelled.filter(inScope).flatMap(({ right }) => right).filter((id) => !articles.some((article) => article.id === id))).toEqual([]);
  });

  it('is asked no question twice', () => {
    expect(new Set(labelled.map(({ ask }) => ask)).size).toBe(labelled.length);
  });
});

// A question's hash decides its half, so that a question never changes sides. Weights, synonyms and threshold are chosen on
// the tuning half only: whoever mends what the other half shows makes it worthless as a measure.
// Each floor is a question or two under what was measured: 86.3 % first, 94.4 % among five, 95.9 % recognised and 8.1 % refused with
// 124 questions in scope and 49 out of it; held out 85.8 %, 97.2 %, 88.1 % and 6.4 % with 141 and 59.
describe.each([
  { half: 'tuning', heldOut: false, firstFloor: 0.85, fiveFloor: 0.93, recognisedFloor: 0.93, refusedCeiling: 0.09 },
  { half: 'held-out', heldOut: true, firstFloor: 0.84, fiveFloor: 0.95, recognisedFloor: 0.86, refusedCeiling: 0.08 },
])('asked the $half half of the labelled questions, it', ({ heldOut, firstFloor, fiveFloor, recognisedFloor, refusedCeiling }) => {
  const known = labelled.filter((one) => one.heldOut === heldOut && inScope(one));
  const foreign = labelled.filter((one) => one.heldOut === heldOut && !inScope(one));

  it(`puts a right article first for ${firstFloor * 100} %`, () => {
    expect(share(known, first)).toBeGreaterThanOrEqual(firstFloor);
  });

  it(`has a right article among the first five passages for ${fiveFloor * 100} %`, () => {
    expect(share(known, amongFive)).toBeGreaterThanOrEqual(fiveFloor);
  });

  it(`recognises ${recognisedFloor * 100} % of what is out of scope`, () => {
    expect(share(foreign, (one) => !accepted(one))).toBeGreaterThanOrEqual(recognisedFloor);
  });

  it(`refuses at most ${refusedCeiling * 100} % of what is in scope`, () => {
    expect(share(known, (one) => !accepted(one))).toBeLessThanOrEqual(refusedCeiling);
  });
});
