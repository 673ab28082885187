import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../config/index.ts';
import { WORDS_BYTES, wordsBytes } from '../../config/rules/conversation.ts';
import { validateEnvironment } from '../../config/validate.ts';
import { pathsOf, problemsIn, sample } from './sample.ts';

const ORDERS = { baseUrl: 'https://orders.ottermoss.example/api', vendorCredential: 'order-system' };
const changes = (orders: object) => ({ 'integrations.orders': { ...ORDERS, ...orders }, 'existing.customerIssuer': { issuerUrl: 'https://login.ottermoss.example', audience: 'chat' } });

describe('the order system in config', () => {
  it('is off unless it is written', () => {
    expect(loadEnvironment('prod').integrations).toEqual({});
  });

  it('has a pattern for order numbers by default', () => {
    const validation = validateEnvironment(sample('prod', changes({})));
    expect(validation.ok && validation.config.integrations.orders).toEqual({ ...ORDERS, orderNumberPattern: '^[A-Z]{2}-?[0-9]{5,10}$' });
  });

  it.each(['^[0-9]{8}$', '^OT-[0-9]{5,10}$', '^[A-Z]{3}[0-9]{4}-[A-Z0-9]{2}$'])('takes the pattern %s', (orderNumberPattern) => {
    expect(pathsOf('prod', changes({ orderNumberPattern }))).toEqual([]);
  });

  it.each([
    ['without its ends', '[0-9]{8}'],
    ['without a bound', '^[0-9]+$'],
    ['with groups, which can take for ever', '^([0-9]{1,9}){1,9}$'],
    ['with a choice', '^A|[0-9]$'],
    ['with counts the wrong way round', '^[0-9]{9,5}$'],
    ['that any word fits', '^[A-Z]{2,9}$'],
    ['whose digits need not be there', '^[A-Z]{5}[0-9]?$'],
    ['of any character', '^.{5}$'],
  ])('refuses a pattern %s', (_, orderNumberPattern) => {
    const problems = problemsIn(sample('prod', changes({ orderNumberPattern })));
    expect([...new Set(problems.map(({ path }) => path))]).toEqual(['integrations.orders.orderNumberPattern']);
    for (const { allowed, mend } of problems) expect(`${allowed} ${mend}`).toContain('counts');
  });

  it.each(['http://orders.ottermoss.example', 'https://key@orders.ottermoss.example', 'https://orders.ottermoss.example/?key=1', 'https://orders.ottermoss.example/#a', 'orders.ottermoss.example'])('refuses the URL %s', (baseUrl) => {
    expect(new Set(pathsOf('prod', changes({ baseUrl })))).toEqual(new Set(['integrations.orders.baseUrl']));
  });

  it('counts for what a function’s variables hold', () => {
    const plain = validateEnvironment(sample('prod'));
    const full = validateEnvironment(sample('prod', changes({})));
    if (!plain.ok || !full.ok) return expect.fail('both are valid');
    expect(wordsBytes(full.config) - wordsBytes(plain.config)).toBeGreaterThan(250);
    expect(wordsBytes(full.config)).toBeLessThan(WORDS_BYTES);
    return undefined;
  });
});
