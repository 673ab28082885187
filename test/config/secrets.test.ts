import { describe, expect, it } from 'vitest';
import { credentialKind, findSecrets, isSecretName } from '../../config/secrets.ts';
import { problemsIn, sample } from './sample.ts';

// Made up, or taken from the documentation of their issuers; put together here so that no scanner finds them in this file.
const CREDENTIALS = [
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'],
  ['-----BEGIN RSA PRIVATE', ' KEY-----\nMIIE'],
  ['eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl'],
  ['ghp_', 'a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6'],
  ['xoxb-', '123456789012-abcdefghijkl'],
  ['https://hooks.slack.com/', 'services/T000/B000/abc'],
  ['sk_live_', '0123456789abcdef'],
  ['https://user:', 'hunter2@crm.ottermoss.example/'],
  ['https://crm.ottermoss.example/?api_key=', 'abcdef123'],
  ['Bearer ', 'abcdef0123456789abcdef'],
  ['0123456789abcdef', '0123456789abcdef0123456789abcdef'],
].map((parts) => parts.join(''));

const HARMLESS = [
  'arn:aws:acm:eu-central-1:111122223333:certificate/1a2b3c4d-0000-0000-0000-000000000000',
  'https://incidents.ottermoss.example/hooks/chatbot',
  'knowledge/Articles2026/EnglishVersionsForStores',
  'basic responsibilities of the support team',
  'chatbot-platform-lead',
  'eu-central-1_aBcD3fGh1',
  'Our service team is there Monday to Saturday, 8:00-20:00: help@ottermoss.example.',
];

describe('credentials in config', () => {
  it.each(CREDENTIALS)('case %#: refused wherever it stands, and never printed', (credential) => {
    for (const path of ['naming.tags.owner', 'useCases.0.title', 'vendorCredentials', 'notAnOption.deep', 'firewall.reason']) {
      const problems = problemsIn(sample('dev', { [path]: path === 'vendorCredentials' ? [{ name: 'crm', usedBy: credential }] : credential }));
      expect(problems.map(({ problem }) => problem).join()).toContain('It looks like');
      expect(JSON.stringify(problems)).not.toContain(JSON.stringify(credential).slice(1, -1));
    }
  });

  it.each(CREDENTIALS.filter((credential) => !credential.includes('\n')))('case %#: neither as a name', (credential) => {
    const problems = problemsIn({ ...sample('dev'), [credential]: 1 });
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain(credential);
  });

  it.each(HARMLESS)('%s is none', (text) => {
    expect(credentialKind(text)).toBeUndefined();
  });

  it('knows secret names', () => {
    for (const name of ['password', 'dbPassword', 'api_key', 'apiKey', 'client-secret', 'AUTH_TOKEN', 'credentials']) expect(isSecretName(name)).toBe(true);
    for (const name of ['tokenMinutes', 'key', 'keyboard', 'monkey', 'secretary', 'id', 'vendorCredential']) expect(isSecretName(name)).toBe(false);
  });

  it('refuses any text under a secret name, and does not print it', () => {
    const problems = problemsIn(sample('dev', { 'naming.tags.password': 'hunter2', apiKey: 'swordfish' }));
    expect(problems.map(({ path }) => path)).toEqual(['naming.tags.password', 'apiKey', 'apiKey']);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|swordfish/);
  });

  it('lets public identifiers be random, not known forms', () => {
    const issuer = { issuerUrl: 'https://login.ottermoss.example/', audience: 'aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cD' };
    expect(problemsIn(sample('dev', { 'existing.customerIssuer': issuer }))).toEqual([]);
    expect(problemsIn(sample('dev', { 'existing.customerIssuer': { ...issuer, audience: CREDENTIALS[0] } })).map(({ path }) => path)).toEqual(['existing.customerIssuer.audience']);
  });

  it('finds them once in a cycle, and takes a megabyte in its stride', () => {
    const cycle: Record<string, unknown> = { one: CREDENTIALS[0] };
    cycle['self'] = cycle;
    expect(findSecrets(cycle).map(({ path }) => path)).toEqual(['one']);
    expect(findSecrets({ long: '://a:'.repeat(200_000) })).toEqual([]);
  });
});
