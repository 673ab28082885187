import { describe, expect, it } from 'vitest';
import { ruleDocumentation, RULES } from '../../../../lib/compliance/index.ts';
import type { Rule } from '../../../../lib/compliance/rules/rule.ts';
import { VERDICTS } from '../../../../lib/compliance/verdict.ts';

const part = (name: string, rules: readonly Rule[] = RULES): string => ruleDocumentation(undefined, rules)[name]?.() ?? '';
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, first]) => first as string);

const RULE: Rule = {
  id: 'G99',
  pack: 'GDPR',
  version: 7,
  references: ['GDPR Art. 5(1)(e)'],
  title: 'Nothing is left',
  info: 'Passes when `a*b` holds.',
  explanation: 'It matters.',
  looksAt: ['AWS::S3::Bucket'],
  judge: () => [],
};

describe('the chapters of the rules', () => {
  const text = part('rules');

  it('have each rule once, with its link in the contents of its pack', () => {
    const ids = RULES.map(({ pack, id }) => `${pack}-${id}`);
    expect(found(text, /^### ([\w-]+): /gm)).toEqual(ids);
    expect(found(text, /^<a id="([\w-]+)"><\/a>$/gm)).toEqual(ids.map((id) => id.toLowerCase()));
    expect(found(text, /^\| \[[\w-]+\]\(#([\w-]+)\)/gm)).toEqual(ids.map((id) => id.toLowerCase()));
    expect(found(text, /^## (.+)$/gm)).toEqual(['GDPR', 'GDPR, for a person', 'HIPAA-Additions', 'Blind-Spots']);
  });

  it('say all that a rule says', () => {
    expect(part('rules', [RULE])).toBe(
      [
        '## GDPR',
        '| rule | demands | of |\n| --- | --- | --- |\n| [GDPR-G99](#gdpr-g99) | Nothing is left | GDPR Art. 5(1)(e) |',
        '<a id="gdpr-g99"></a>\n### GDPR-G99: Nothing is left',
        'GDPR Art. 5(1)(e). Version 7.',
        '**Looks at:** `AWS::S3::Bucket`.',
        '**How it judges:** Passes when `a*b` holds.',
        '**Why, and what to do:** It matters.',
      ].join('\n\n'),
    );
  });

  it('say of each article for a person what has to be seen', () => {
    const articles = RULES.filter(({ looksAt }) => looksAt.length === 0);
    expect(articles.length).toBeGreaterThan(0);
    expect(found(text, /^\*\*Has to be seen:\*\* (.{20,})\.$/gm)).toHaveLength(articles.length);
  });

  it.each([
    ['*b* _c_ ~d~ [e](f) ![g](h)', String.raw`\*b\* \_c\_ \~d\~ \[e\](f) !\[g\](h)`],
    ['<b onclick=x> & &amp;', '&lt;b onclick=x&gt; &amp; &amp;amp;'],
    ['one\n\n## two', 'one ## two'],
    ['a ` b', String.raw`a \` b`],
    ['`x | y` and PROMPT_ATTACK', '`x | y` and PROMPT_ATTACK'],
    ['$x$ https://a.example', String.raw`\$x\$ https:&#8203;//a.example`],
    ['<!-- rules:end -->', '&lt;!-- rules:end --&gt;'],
  ])('show %j as it stands', (info, shown) => {
    expect(part('rules', [{ ...RULE, info }])).toContain(`**How it judges:** ${shown}\n`);
  });

  it('keep a title with a bar in its cell', () => {
    const row = part('rules', [{ ...RULE, title: 'This | that' }]).split('\n').find((line) => line.startsWith('| [GDPR-G99]'));
    expect(row).toBe(String.raw`| [GDPR-G99](#gdpr-g99) | This \| that | GDPR Art. 5(1)(e) |`);
  });
});

describe('the tables of the rules', () => {
  it('count the rules of each pack', () => {
    const counts = found(part('packs'), /\| (\d+) \|$/gm).map(Number);
    expect(counts).toHaveLength(new Set(RULES.map(({ pack }) => pack)).size);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(RULES.length);
  });

  it('name each verdict, in the one order', () => {
    expect(found(part('verdicts'), /^\| `(\w+)`/gm)).toEqual([...VERDICTS]);
  });

  it('show the defaults of the parameters, and where they come from if that is told', () => {
    expect(part('parameters')).toContain('| `maxRetentionDays` | Longest that personal data may be kept, in days | `365` |');
    expect(part('parameters')).toContain('| `impersonalClasses` | Data classes that are not personal; a store without a class, or of any other, is personal | `operational`, `public`, `none` |');
    expect(part('parameters')).not.toContain('of an environment');
  });
});
