import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dev } from '../../config/environments/dev.ts';
import { formatPath, valueAt } from '../../config/path.ts';
import { validateEnvironment } from '../../config/validate.ts';
import { problemsIn, sample } from './sample.ts';
import type { Changes } from './sample.ts';

/** The one problem that changes of dev make. */
function only(changes: Changes, on: 'dev' | 'prod' = 'dev') {
  const problems = problemsIn(sample(on, changes));
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('validateEnvironment', () => {
  it('fills in the defaults of a valid one', () => {
    const validation = validateEnvironment(dev);
    expect(validation).toMatchObject({ ok: true, config: { name: 'dev', functions: { chat: { timeoutSeconds: 28 } }, api: { access: { kind: 'public' } } } });
  });

  it('reports everything at once: form, unknown options, credentials, and rules over what is valid', () => {
    const problems = problemsIn(
      sample('prod', {
        tier: 'prod',
        account: 123456789012,
        'firewall.requestsPerAdress': 500,
        'model.timeoutSeconds': 99,
        'functions.chat.timeoutSeconds': 20,
        'api.integrationTimeoutSeconds': 20,
        'conversation.retentionDays': 300,
        'useCases.2.id': 'order-status',
        'useCases.3.priority.simplicity': 9,
        'vendorCredentials.0.usedBy': 'AKIAIOSFODNN7EXAMPLE',
        'alarms.ticket': undefined,
      }),
    );
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      'account',
      'alarms.ticket',
      'conversation.retentionDays',
      'firewall.requestsPerAdress',
      'functions.chat.timeoutSeconds',
      'model.timeoutSeconds',
      'tier',
      'useCases.2.id',
      'useCases.3.priority.simplicity',
      'vendorCredentials.0.usedBy',
    ]);
  });

  it('says what is there, what is allowed and what to change', () => {
    expect(only({ accountConcurrency: 5 })).toEqual({
      path: 'accountConcurrency',
      value: '5',
      problem: 'It is too small.',
      allowed: 'whole number, 10 to 100000 (executions)',
      mend: 'Read the quota L-B99A9384 of the account, or lower the reservations.',
    });
  });

  it.each([
    [{ name: undefined }, 'It is missing.', '(missing)', 'Add it: Name of the environment; its file has the same name.'],
    [{ 'conversation.maxTurns': 2.5 }, 'It is not a whole number.', '2.5', 'Change it to whole number, 2 to 1000 (turns).'],
    [{ 'conversation.humanContact': 'x' }, 'It has one character, which is too short.', '"x"', 'Change it to text of 10 to 300 characters.'],
    [{ useCases: [] }, 'It has no entries, which is too few.', 'an empty list', expect.stringContaining('list of 1 to 20 entries')],
    [{ 'dataPolicy.removal.kind': 'Destory' }, 'It is none of the values that are allowed.', '"Destory"', "Write 'destroy'."],
    [{ 'dataPolicy.removal': 'retain' }, 'It is a text, which is not allowed here.', '"retain"', "Write { kind: 'retain' }, or { kind: 'destroy', reason: '…' }."],
    [{ 'dataPolicy.removal': { kind: 'destroy' } }, 'It is missing.', '(missing)', expect.stringContaining('Why the stores of this environment may be lost with it')],
    [{ 'firewall.reason': ' '.repeat(30) }, 'It has 30 characters, which is too short.', expect.any(String), 'Say in a sentence (20 characters or more) why this environment does without it.'],
    [{ 'dataPolicy.logRetentionDays': 8 }, 'It is none of the values that are allowed.', '8', 'Change it to one of 7, 14, 30, 60, 90, 120, 180, 365 (days).'],
    [{ firewall: { enabled: true, allowedAddresses: ['0.0.0.0/0'] } }, expect.any(String), '"0.0.0.0/0"', 'Name your own ranges only: whoever is in one of them is under no rate rule.'],
    [{ firewall: { enabled: true, allowedAddresses: ['::/0'] } }, expect.any(String), '"::/0"', 'Name your own ranges only: whoever is in one of them is under no rate rule.'],
    [{ 'naming.tags': { 'aws:x': 'y' } }, 'This name is not allowed in the map.', '"aws:x"', expect.stringContaining('not beginning with aws:')],
  ])('%o: %s', (changes, problem, value, mend) => {
    expect(only(changes)).toMatchObject({ problem, value, mend });
  });
});

describe('unknown options', () => {
  it.each([
    [{ 'conversation.retentionDay': 9 }, 'Write `conversation.retentionDays`.'],
    [{ retentionDays: 9 }, /^Move it to `conversation.retentionDays`; the nearest option there is `\w+`\.$/],
    [{ 'useCases.0.Titel': 'x' }, 'Write `useCases.0.title`.'],
    [{ 'api.colourOfTheButton': 'red' }, /^Remove it; the nearest option there is `api\.\w+`\.$/],
    [{ 'model.modelId': 'amazon.nova-lite-v1:0' }, "Remove it, or set `provider` to 'bedrock' or 'openai-compatible'."],
    [{ 'guardrail.reason': 'It is on, and here is a reason.' }, 'Remove it, or set `enabled` to false.'],
  ])('%o', (changes, mend) => {
    expect(only(changes)?.mend).toMatch(mend);
  });

  it('lists what holds in the form that was chosen', () => {
    expect(only({ 'firewall.requests': 5 })?.allowed).toBe('enabled, reason');
  });

  it('are reported with their path, wherever they stand', () => {
    const sections = fc.constantFrom([], ['api'], ['useCases', 0, 'metrics'], ['model'], ['alarms', 'page', 0], ['functions', 'chat']);
    const key = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('__proto__', 'constructor', 'toString', 'a.b', '0'));
    fc.assert(
      fc.property(sections, key, fc.jsonValue(), (section, key, value) => {
        const input = sample('dev', { 'functions.chat': {} });
        const target = valueAt(input, section);
        if (typeof target !== 'object' || target === null) throw new Error(`no section ${formatPath(section)}`);
        fc.pre(!Object.hasOwn(target, key) && !['memoryMegabytes', 'timeoutSeconds', 'reservedConcurrency'].includes(key));
        Object.defineProperty(target, key, { value, enumerable: true });
        expect(problemsIn(input).map(({ path }) => path)).toContain(formatPath([...section, key]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('unions', () => {
  it.each([
    [{ firewall: false }, 'firewall', /^either \{ enabled: true, requestsPerAddress\?, .*\}, or \{ enabled: false, reason \}$/],
    [{ 'model.provider': 'openai' }, 'model.provider', /^one of 'extractive', 'bedrock', 'openai-compatible'$/],
    [{ delivery: { strategy: { kind: 'canary', percent: 10, minutes: 5 } } }, 'delivery.enabled', /^one of true, false$/],
    [{ trail: 'off' }, 'trail', /^either \{ enabled: true, managementEvents\? \}, or \{ enabled: false, reason \}$/],
    [{ 'alarms.page': ['me@ottermoss.example'] }, 'alarms.page.0', /^either \{ protocol: 'email', address \}, or \{ protocol: 'https', url \}$/],
  ])('%o explains the forms', (changes, path, allowed) => {
    const problem = only(changes);
    expect(problem?.path).toBe(path);
    expect(problem?.allowed).toMatch(allowed);
  });

  it('asks for the reason of what is switched off', () => {
    expect(only({ 'firewall.reason': undefined })).toMatchObject({ path: 'firewall.reason', problem: 'It is missing.' });
    expect(only({ 'firewall.reason': 'because' })?.mend).toBe('Say in a sentence (20 characters or more) why this environment does without it.');
  });
});

describe('bad input of any kind', () => {
  const hostile = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true, withNullPrototype: true, withTypedArray: true, withObjectString: true });

  it('never throws, and each problem is complete', () => {
    fc.assert(
      fc.property(hostile, (input) => {
        const problems = problemsIn(input);
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect([problem.value, problem.problem, problem.allowed, problem.mend]).not.toContain('');
      }),
      { numRuns: 500 },
    );
  });

  it('in any section of a valid environment neither throws nor hides the problems of another', () => {
    const section = fc.constantFrom(...Object.keys(dev).filter((name) => name !== 'accountConcurrency' && name !== 'functions'));
    fc.assert(
      fc.property(section, hostile, (name, value) => {
        const problems = problemsIn({ ...dev, [name]: value, accountConcurrency: 101, functions: { chat: { reservedConcurrency: 2 } } });
        expect(problems.map(({ path }) => path)).toContain('accountConcurrency');
        for (const { mend, allowed } of problems) expect([mend, allowed]).not.toContain('');
      }),
      { numRuns: 500 },
    );
  });

  it('copes with cycles, getters that throw, proxies and depth', () => {
    const cycle: Record<string, unknown> = { ...dev };
    cycle['api'] = cycle;
    expect(problemsIn(cycle).map(({ path }) => path)).toContain('api.useCases');
    const getter = Object.defineProperty({ ...dev }, 'name', { enumerable: true, get: () => { throw new Error('no'); } });
    expect(problemsIn(getter)).toMatchObject([{ path: '', problem: 'Reading it failed (Error).' }]);
    expect(problemsIn(new Proxy({}, { ownKeys: () => { throw new TypeError('no'); } }))).toMatchObject([{ path: '', problem: 'Reading it failed (TypeError).' }]);
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    expect(problemsIn({ ...dev, deep }).map(({ path }) => path)).toEqual(['deep']);
  });

  it('shows nothing that a terminal would obey, and nothing long', () => {
    const problem = only({ 'naming.prefix': `\u001B[31m\u202E\n${'x'.repeat(10_000)}` });
    expect(problem?.value).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(problem?.value.length).toBeLessThan(150);
  });
});
