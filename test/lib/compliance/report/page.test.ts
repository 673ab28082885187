import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PALETTE } from '../../../../lib/compliance/report/html/style-colours.ts';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import type { ReportViews } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE, VIEWS } from './fixture.ts';
import { readPage } from './html-check.ts';

const pageOf = (evidence = EVIDENCE, views: ReportViews = VIEWS): string => renderReport(evidence, views).get(REPORT_FILES.page) as string;
const sha = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page', () => {
  const page = readPage(pageOf());
  const ids = page.elements.flatMap(({ attributes }) => attributes['id'] ?? []);

  it('says the whole in its first sentence', () => {
    expect(page.text).toContain('Of 175 checks of prod, 138 passed, 4 failed, 1 ended in a broken rule, 10 are accepted risks (9 so far only proposed), 9 cannot be assessed from the templates and 13 do not apply; 3 resource types met no rule, and the next acceptance runs out on 2027-01-31.');
  });

  it('allows its own script and style alone, by their hashes, and no request', () => {
    const policy = page.elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes['content'];
    const [script = ''] = page.raw['script'] ?? [];
    const [style = ''] = page.raw['style'] ?? [];
    expect(policy).toBe(`default-src 'none'; style-src ${sha(style)}; script-src ${sha(script)}; img-src data:; base-uri 'none'; form-action 'none'`);
    expect(page.raw['script']).toHaveLength(1);
    expect(page.raw['style']).toHaveLength(1);
    expect(`${script}${style}`).not.toMatch(/https?:|url\(|@import|fetch\(|innerHTML|eval|import\(/);
  });

  it('leads to nothing outside, and each link of it to one place', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.elements.flatMap(({ attributes }) => attributes['href'] ?? []);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((link) => !link.startsWith('#') || !ids.includes(link.slice(1)))).toEqual([]);
    expect(page.elements.flatMap(({ attributes }) => attributes['src'] ?? []).filter((source) => !/^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/.test(source))).toEqual([]);
  });

  it('shows the diagram as an image, whatever stands in it', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const image = readPage(pageOf(EVIDENCE, { dataFlowSvg: svg })).elements.find(({ name }) => name === 'img');
    expect(Buffer.from(image?.attributes['src']?.split(',')[1] ?? '', 'base64').toString()).toBe(svg);
    expect(image?.attributes['alt']).toMatch(/Data flow/);
  });

  it('says of processing who decides, whose data it is, and how long it can be restored', () => {
    const [record] = VIEWS.processingRecords ?? [];
    const told = readPage(pageOf(EVIDENCE, { controller: 'Shop, privacy@shop.example', processingRecords: record === undefined ? [] : [{ ...record, subjects: 'customers', residual: '35 days by point-in-time recovery' }] })).text;
    for (const words of ['Controller: Shop, privacy@shop.example', 'Of: customers', 'Then restorable: 35 days by point-in-time recovery']) expect(told).toContain(words);
    expect(page.text).toContain('Controller: not declared');
    expect(page.text).toContain('Of: not declared');
  });

  it('has a section for each control and a row for each outcome', () => {
    expect(ids.filter((id) => id.startsWith('control-'))).toHaveLength(EVIDENCE.controls.length);
    expect(page.elements.filter(({ attributes }) => attributes['data-verdict'] !== undefined)).toHaveLength(EVIDENCE.outcomes.length);
  });

  it('shows owner, approver, expiry and state of each decision', () => {
    for (const { id, owner, approver, expires, state } of EVIDENCE.decisions) for (const word of [id, owner, approver, expires, state]) expect(page.text).toContain(word);
  });

  it('shows who brings what a person has to judge, or that nobody does', () => {
    expect(page.text).toContain('DPIA-7, in the register of assessments; data-protection-officer, due 2027-03-31');
    const outcomes = EVIDENCE.outcomes.map((outcome) => Object.fromEntries(Object.entries(outcome).filter(([name]) => name !== 'slot')) as unknown as typeof outcome);
    expect(readPage(pageOf({ ...EVIDENCE, outcomes })).text).toContain('Nobody is named to bring it.');
    const unfinished = EVIDENCE.outcomes.map((outcome) => (outcome.slot === undefined ? outcome : { ...outcome, slot: { owner: 'somebody', due: '2027-03-31' } }));
    expect(readPage(pageOf({ ...EVIDENCE, outcomes: unfinished })).text).toContain('No evidence yet; somebody, due 2027-03-31');
  });

  it('shows everything that the views hold, and says so where one is missing', () => {
    for (const word of ['turn-worker', 'reads and decrypts to answer a request for access.', 'events.vendor.example', 'ConversationKey', 'Art. 6(1)(b)', 'kms:Decrypt', 'the bucket is a parameter (AuditBucket)']) expect(page.text).toContain(word);
    expect(readPage(pageOf(EVIDENCE, {})).text.split('Not derived for this report.')).toHaveLength(5);
  });

  it('hides its filters until a script shows them', () => {
    expect(page.elements.find(({ attributes }) => attributes['id'] === 'filters')?.attributes).toHaveProperty('hidden');
  });

  it('prints two sheets, the second with lines to sign and the hash of the evidence', () => {
    expect(page.elements.filter(({ attributes }) => attributes['class'] === 'sheet')).toHaveLength(2);
    expect(page.text).toContain(createHash('sha256').update(renderReport(EVIDENCE, VIEWS).get(REPORT_FILES.evidence) as string).digest('hex'));
  });

  it('can be reached by keyboard and told apart without colour', () => {
    for (const { name, attributes } of page.elements) if (attributes['class'] === 'table') expect([name, attributes['tabindex'], attributes['role']]).toEqual(['div', '0', 'region']);
    expect(page.text).toContain('✕ 1 failed');
  });
});

describe('colours', () => {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string): number => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  it.each(Object.entries(PALETTE))('have the contrast that AA demands, %s', (_, colours) => {
    const grounds = [colours.page, colours.card];
    const pairs = [...grounds.flatMap((ground) => [colours.text, colours.muted, colours.link, colours.fail, colours.accepted].map((ink) => [ink, ground] as const)), ...(['pass', 'fail', 'accepted', 'unknown', 'manual', 'none', 'error'] as const).map((name) => [colours[name], colours[`${name}-ground`]] as const), [colours.muted, colours['none-ground']], [colours.text, colours['accepted-ground']], [colours.muted, colours['accepted-ground']], [colours.link, colours['accepted-ground']]] as const;
    expect(pairs.map(([ink, ground]) => ({ ink, ground, contrast: contrast(ink, ground) })).filter(({ contrast }) => contrast < 4.5)).toEqual([]);
  });
});
