import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { parseArticle } from '../../../../lambda/domain/knowledge/article.ts';
import { compileKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { openKnowledge } from '../../../../lambda/domain/knowledge/retriever.ts';

/** Threshold that these figures are for: what an environment's `scopeThreshold` should be near. */
const THRESHOLD = 0.41;

const ROOT = 'knowledge/articles';
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const parsed = files.map((file) => parseArticle(file, readFileSync(join(ROOT, file), 'utf8')));
const articles = parsed.flatMap((one) => ('article' in one ? [one.article] : []));
const retriever = openKnowledge(JSON.parse(JSON.stringify(compileKnowledge(articles))));

const Labelled = z.array(z.strictObject({ ask: z.string(), expect: z.union([z.string(), z.array(z.string())]) }));
const labelled = Labelled.parse(parse(readFileSync('knowledge/evaluation.yaml', 'utf8')));
const inScope = labelled.filter(({ expect }) => expect !== 'out-of-scope').map(({ ask, expect }) => ({ ask, right: [expect].flat(), hits: retriever.find(ask, 5) }));
const outOfScope = labelled.filter(({ expect }) => expect === 'out-of-scope').map(({ ask }) => ({ ask, hits: retriever.find(ask, 1) }));
const share = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / all.length;
const accepted = (hits: (typeof inScope)[number]['hits']): boolean => (hits[0]?.score ?? 0) >= THRESHOLD;

// Each floor is a question or two under what was measured: 88.6 %, 95 %, 93.1 % and 6.4 % with 140 questions in scope and 58 out of it.
// The synonyms and weights were chosen on these very questions. While half of them was held out, that half reached 77 % right and
// 79 % recognised at 8 % refused: expect figures like those of questions that nobody has seen yet.
describe('the sample knowledge base, asked the labelled questions', () => {
  it('has no article that cannot be read', () => {
    expect(parsed.flatMap((one) => ('problems' in one ? one.problems : []))).toEqual([]);
    expect(inScope.flatMap(({ right }) => right).filter((id) => !articles.some((article) => article.id === id))).toEqual([]);
  });

  it('puts a right article first for 87 % of the questions', () => {
    expect(share(inScope, ({ right, hits }) => right.includes(hits[0]?.passage.articleId ?? ''))).toBeGreaterThanOrEqual(0.87);
  });

  it('has a right article among the first five passages for 93 %', () => {
    expect(share(inScope, ({ right, hits }) => hits.some(({ passage }) => right.includes(passage.articleId)))).toBeGreaterThanOrEqual(0.93);
  });

  it('recognises 91 % of the questions that are out of scope', () => {
    expect(share(outOfScope, ({ hits }) => !accepted(hits))).toBeGreaterThanOrEqual(0.91);
  });

  it('refuses at most 8 % of the questions in scope', () => {
    expect(share(inScope, ({ hits }) => !accepted(hits))).toBeLessThanOrEqual(0.08);
  });
});
