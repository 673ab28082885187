import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, environmentNames, loadAll, loadEnvironment, Registry, registry } from '../../config/index.ts';
import { sample } from './sample.ts';

/** The ConfigError that something throws. */
function errorOf(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the environments of this project', () => {
  it.each(environmentNames())('%s is valid', (name) => {
    expect(loadEnvironment(name).name).toBe(name);
  });

  it('are those of the folder', () => {
    const files = readdirSync('config/environments').map((file) => file.replace(/\.ts$/, ''));
    expect(environmentNames().toSorted()).toEqual(files.filter((name) => name !== 'index' && name !== 'shared').toSorted());
  });

  it('load together', () => {
    expect(loadAll().map(({ name }) => name)).toEqual(environmentNames());
    expect(loadAll(['prod', 'dev']).map(({ name }) => name)).toEqual(['prod', 'dev']);
    expect(registry.check()).toEqual([]);
  });
});

describe('Registry', () => {
  it('knows only its own names, and lists them, nearest first', () => {
    expect(errorOf(() => loadEnvironment('stagign')).message).toBe('There is no environment "stagign". There are: staging, dev, prod. A new one is a file in config/environments/ and a line in its index.ts.');
    expect(errorOf(() => loadEnvironment('constructor')).message).toContain('There is no environment "constructor"');
    expect(errorOf(() => loadAll(['dev', 'test'])).environments).toEqual([]);
  });

  it('throws all problems as readable text', () => {
    const broken = new Registry({ dev: sample('dev', { region: 'Frankfurt', 'alarms.ticket': [] }) });
    const error = errorOf(() => broken.load('dev'));
    expect(error.message).toBe(
      [
        'Environment dev: 2 problems',
        '',
        '  region',
        '    It does not have the form that is allowed.',
        '    is       "Frankfurt"',
        '    allowed  a region such as eu-central-1',
        '    mend     Change it to a region such as eu-central-1.',
        '',
        '  alarms.ticket',
        '    Nobody hears its alarms. What can wait until morning would wait for ever.',
        '    is       an empty list',
        '    allowed  one subscriber or more, or a brought topic',
        "    mend     Add one, such as { protocol: 'email', address: 'on-call@example.com' }, or bring `existing.topics.ticket`.",
      ].join('\n'),
    );
  });

  it('refuses a name that is not that of its file', () => {
    const misnamed = new Registry({ eu: sample('dev') });
    expect(errorOf(() => misnamed.load('eu')).environments).toMatchObject([{ environment: 'eu', problems: [{ path: 'name', value: '"dev"', allowed: "'eu'" }] }]);
  });

  it('collects the problems of all environments', () => {
    const broken = new Registry({ dev: sample('dev', { region: 1 }), prod: sample('prod', { 'dataPolicy.removal': { kind: 'destroy', reason: 'Nothing here is worth keeping, says the test.' } }), good: sample('dev', { name: 'good', 'naming.prefix': 'chatbot-good' }) });
    expect(errorOf(() => broken.loadAll()).environments.map(({ environment, problems }) => [environment, problems.map(({ path }) => path)])).toEqual([
      ['dev', ['region']],
      ['prod', ['dataPolicy.removal.kind']],
    ]);
    expect(broken.load('good').name).toBe('good');
  });
});
