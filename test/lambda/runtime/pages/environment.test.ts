import { describe, expect, it } from 'vitest';
import { readPageEnvironment } from '../../../../lambda/runtime/pages/environment.ts';

const withOrigins = (...embedOrigins: readonly unknown[]) => ({ RELEASE: 'r1', SETTINGS: JSON.stringify({ embedOrigins }) });

describe('readPageEnvironment', () => {
  it('reads release and settings', () => {
    const origins = ['https://shop.example', 'https://*.shop.example:8443', 'http://localhost:5173'];
    expect(readPageEnvironment(withOrigins(...origins))).toEqual({ release: 'r1', settings: { embedOrigins: origins } });
  });

  it.each(["https://a.example; script-src 'unsafe-inline'", 'https://a.example/path', '*', "'self'", 'javascript:alert(1)', 'https://a.example\nx', 7])('refuses the origin %j', (origin) => {
    expect(() => readPageEnvironment(withOrigins(origin))).toThrow(/embedOrigins has .*looks like https:\/\/shop\.example/s);
  });

  it.each([undefined, '', 'no json', '[]', '{}', '{"embedOrigins":"https://a.example"}'])('refuses the settings %j', (SETTINGS) => {
    expect(() => readPageEnvironment({ RELEASE: 'r1', SETTINGS })).toThrow(/SETTINGS must be JSON/);
  });

  it('refuses to run without a release', () => {
    expect(() => readPageEnvironment({ SETTINGS: '{"embedOrigins":[]}' })).toThrow(/RELEASE is not set/);
  });
});
