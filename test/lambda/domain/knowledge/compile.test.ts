import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../../../lambda/domain/knowledge/article.ts';
import { compileKnowledge, serialiseKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { PASSAGE_CHARACTERS, passagesOf } from '../../../../lambda/domain/knowledge/passages.ts';
import { ARTICLES } from '../../../support/fakes/turn.ts';

const TEXT = `---
id: lost-parcel
title: "Lost: what now?"
useCase: delivery
locale: en
source: Carrier handbook
date: 2026-03-09
ownerRole: delivery-manager
questions:
  - Where is it?
keywords: [gone, vanished]
---

First words.

## A section

One.

Two.
`;
const problemsOf = (text: string) => {
  const parsed = parseArticle('delivery/a.md', text);
  return 'problems' in parsed ? parsed.problems : [];
};

describe('an article', () => {
  it('is read with its front matter', () => {
    const parsed = parseArticle('delivery/lost-parcel.md', TEXT);
    expect(parsed).toEqual({
      article: { id: 'lost-parcel', title: 'Lost: what now?', useCase: 'delivery', locale: 'en', source: 'Carrier handbook', date: '2026-03-09', ownerRole: 'delivery-manager', questions: ['Where is it?'], keywords: ['gone', 'vanished'], body: 'First words.\n\n## A section\n\nOne.\n\nTwo.' },
    });
  });

  it('reads Windows line ends alike', () => {
    expect(parseArticle('a', TEXT.replaceAll('\n', '\r\n'))).toEqual(parseArticle('a', TEXT));
  });

  it('is refused with every problem at once, each with file, key and what is allowed', () => {
    const broken = TEXT.replace('id: lost-parcel', 'id: Lost Parcel').replace('locale: en\n', '').replace('2026-03-09', '2026-02-30').replace('  - Where is it?', '  - 7').replace('keywords', 'keyword');
    expect(problemsOf(broken)).toEqual([
      expect.stringMatching(/^delivery\/a\.md: keyword: unknown key; allowed are .*keywords/),
      expect.stringMatching(/^delivery\/a\.md: id: is "Lost Parcel"; must be lower-case/),
      expect.stringMatching(/^delivery\/a\.md: locale: is missing; must be a BCP 47/),
      expect.stringMatching(/^delivery\/a\.md: date: is "2026-02-30"; must be a date/),
      expect.stringMatching(/^delivery\/a\.md: questions\[0\]: is 7; must be a text/),
    ]);
  });

  it.each([
    ['no front matter', '# Hello', /no front matter/],
    ['an open front matter', '---\nid: a\n', /no front matter/],
    ['broken YAML', '---\nid: [a\n---\nx', /not valid YAML/],
    ['a list', '---\n- a\n---\nx', /keys with values/],
    ['no questions', TEXT.replace(/questions:\n.*\n/, ''), /questions: is missing/],
    ['an empty list', TEXT.replace(/questions:\n.*\n/, 'questions: []\n'), /questions: must be a list/],
    ['no text', TEXT.slice(0, TEXT.indexOf('First')), /body is empty/],
  ])('with %s is refused', (_name, text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(problem)]);
  });

  it('has no title, heading or paragraph that is longer than a reply can quote', () => {
    const file = (title: string, body: string): string => `---\nid: a\ntitle: ${title}\nuseCase: returns\nlocale: en\nsource: Policy\ndate: 2026-01-02\nownerRole: editor\nquestions: [How?]\n---\n${body}\n`;
    const problems = (title: string, body: string): readonly string[] => Object.assign({ problems: [] }, parseArticle('a.md', file(title, body))).problems;
    expect(problems('t'.repeat(300), `## ${'h'.repeat(297)}\n\n${'p'.repeat(4_000)}\n\n${'p'.repeat(4_000)}`)).toEqual([]);
    expect(problems('t'.repeat(301), `## ${'h'.repeat(298)}\n\n${'p'.repeat(4_001)}\n\nshort`)).toEqual([
      expect.stringContaining('title: is "ttt'),
      expect.stringContaining('a.md: a heading has 301 characters'),
      expect.stringMatching(/^a\.md: a paragraph has 4001 characters \("p{40}…"\); at most 4000 are allowed/),
    ]);
  });

  it('never throws on any text', () => {
    expect(parseArticle('a.md', '---\n*!\n---\nbody')).toEqual({ problems: ['a.md: front matter must be keys with values, without YAML aliases'] });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((inner) => `---\n${inner}\n---\nbody`)), (text) => {
        const parsed = parseArticle('a.md', text);
        expect('article' in parsed || parsed.problems.length > 0).toBe(true);
      }),
    );
  });
});

describe('passages', () => {
  const article = (body: string) => ({ id: 'a', title: 'A', useCase: 'u', locale: 'en', source: 's', date: '2026-01-01', ownerRole: 'r', questions: ['q'], keywords: [], body });

  it('are sections, with their paragraphs together while they are short', () => {
    const long = 'x'.repeat(PASSAGE_CHARACTERS - 10);
    const body = `Before.\n\n## One\n\nA.\n\nB.\n\n## Two\n${long}\n\nnext one that is longer\n\n### Three\n\nC.`;
    expect(passagesOf(article(body)).map(({ id, section, text }) => [id, section, text])).toEqual([
      ['a#1', '', 'Before.'],
      ['a#2', 'One', 'A.\n\nB.'],
      ['a#3', 'Two', long],
      ['a#4', 'Two', 'next one that is longer'],
      ['a#5', 'Three', 'C.'],
    ]);
  });

  it('hold every paragraph once, in order', () => {
    const paragraph = fc.stringMatching(/^[a-z]{1,400}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), paragraph), { minLength: 1, maxLength: 12 }), (blocks) => {
        const body = blocks.map(([heading, text]) => (heading ? `## ${text.slice(0, 20)}\n\n${text}` : text)).join('\n\n');
        expect(passagesOf(article(body)).flatMap(({ text }) => text.split('\n\n'))).toEqual(blocks.map(([, text]) => text));
      }),
    );
  });
});

describe('the compiled knowledge base', () => {
  it('is the same bytes whatever the order of the articles', () => {
    expect(serialiseKnowledge(compileKnowledge(ARTICLES.toReversed()))).toBe(serialiseKnowledge(compileKnowledge(ARTICLES)));
  });

  it('has another version with other content', () => {
    const [first, ...rest] = ARTICLES;
    const changed = compileKnowledge([...rest, ...(first === undefined ? [] : [{ ...first, body: `${first.body} Really.` }])]);
    expect(changed.version).toMatch(/^[0-9a-f]{64}$/);
    expect(changed.version).not.toBe(compileKnowledge(ARTICLES).version);
  });

  it('names ids that are used twice, and refuses to be empty', () => {
    expect(() => compileKnowledge([...ARTICLES, ...ARTICLES.slice(0, 2)])).toThrow('used more than once: delivery-time, return-period');
    expect(() => compileKnowledge([])).toThrow('no article');
  });
});
