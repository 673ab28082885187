import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assemblePrompt } from '../../lambda/domain/answer/prompt.ts';
import { EstateModel } from '../../local/assembly/model.ts';
import { readAssembly } from '../../local/assembly/read.ts';
import { ASSEMBLY, ENVIRONMENTS, ROOT } from '../support/paths.ts';
import { figure } from '../support/promise.ts';
import { DRIVEN, driven } from './support/least-privilege/driven.ts';
import { formsOf, leaksOf } from './support/least-privilege/planted.ts';
import { looksRandom, secretsIn } from './support/least-privilege/secret-shapes.ts';

const PATIENCE = 240_000;
const stacksOf = (environment: string) => readAssembly(ASSEMBLY, environment);
const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
/** Every text in a value, with where it stands. */
function* textsIn(value: unknown, where: string): Generator<{ readonly where: string; readonly text: string }> {
  if (typeof value === 'string') yield { where, text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield { where, text: name };
    yield* textsIn(member, `${where}/${name}`);
  }
}

let [texts, bytes, places, planted] = [0, 0, 0, 0];
afterAll(() => figure('S9', `${texts} texts of ${ENVIRONMENTS.length} environments' templates, ${Math.round(bytes / 1024)} KB of bundles: no secret; ${planted} planted values in ${places} logs, calls, answers, items and variables of ${DRIVEN.length} driven environments: 0 where they do not belong`));

describe('S9: secrets', () => {
  it('S9: what is looked for would be found', () => {
    // Put together here, so that no scanner of the repository takes them for what they only look like.
    const made = [['AKIA', 'Q3EXAMPLE7KEY2AB'], ['-----BEGIN ', 'PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0'], ['ghp_', 'a1B2'.repeat(9)], ['sk-', 'live-a1B2c3D4e5F6g7H8'], ['https://user:', 'hunter2x@db.example'], ['{"password": ', '"correct-h0rse"}'], ['eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ']].map((parts) => parts.join(''));
    for (const text of made) expect(secretsIn(`x = ${text};`), text).not.toEqual([]);
    expect(looksRandom('kJ8s0Qx2Lw9vRt4YbN7mZc1PfG6hDa3E')).toBe(true);
    expect(looksRandom('https://cognito-idp.eu-central-1.amazonaws.com')).toBe(false);
    const value = 'key-of-a-vendor';
    for (const form of [value, encodeURIComponent(value), Buffer.from(`ab${value}c`).toString('base64'), Buffer.from(value).toString('hex')]) expect(formsOf(value).some((each) => form.includes(each)), form).toBe(true);
  });

  it.each(ENVIRONMENTS)('S9: no template of %s holds anything shaped like a secret', (environment) => {
    const all = stacksOf(environment).flatMap(({ name, template }) => Array.from(textsIn(template, name)));
    texts += all.length;
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.flatMap(({ where, text }) => secretsIn(text).map((found) => `${where}: ${found}`))).toEqual([]);
    const values = stacksOf(environment).flatMap(({ name, template }) => Object.entries(template.Resources ?? {}).flatMap(([id, { Properties = {} }]) => (typeof Properties['SecretString'] === 'string' ? [`${name}/${id}`] : [])));
    expect(values).toEqual([]);
  });

  it.each(ENVIRONMENTS)('S9: no environment variable of a function of %s looks random', (environment) => {
    const model = new EstateModel(stacksOf(environment), { aws: () => 'http://127.0.0.1', issuer: () => 'http://127.0.0.1' });
    const variables = model.ofType('AWS::Lambda::Function').flatMap((fn) => Array.from(textsIn((fn.get('Environment') as { Variables: object }).Variables, fn.ref)));
    expect(variables.length).toBeGreaterThan(30);
    // An id of KMS is no secret, nor is a fingerprint of policies.
    const words = variables.flatMap(({ where, text }) => text.split(/[^A-Za-z0-9+/=_-]+/).map((word) => ({ where, word })));
    expect(words.filter(({ where, word }) => looksRandom(word) && !where.endsWith('/GUARDRAIL_POLICIES'))).toEqual([]);
  });

  it('S9: no bundle holds anything shaped like a secret', () => {
    const folders = new Set(ENVIRONMENTS.flatMap((environment) => stacksOf(environment).flatMap(({ assets }) => [...assets.values()].filter((path) => statSync(path).isDirectory()))));
    const found = [...folders].flatMap(filesIn).flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      bytes += text.length;
      return secretsIn(text).map((secret) => `${file.replace(ROOT, '')}: ${secret}`);
    });
    expect(bytes).toBeGreaterThan(100_000);
    expect(found).toEqual([]);
  });

  it('S9: no prompt holds anything shaped like a secret', () => {
    const prompt = assemblePrompt({ question: 'How long?', history: [], passages: [], locale: 'en' });
    expect(secretsIn(JSON.stringify(prompt))).toEqual([]);
    expect(prompt.system.split(/\s+/).filter(looksRandom)).toEqual([]);
  });

  it.each(DRIVEN)('S9: no planted secret of %s shows where it does not belong', { timeout: PATIENCE }, async (label) => {
    const drive = await driven(label);
    planted += drive.planted.length;
    places += drive.seen.length;
    expect(leaksOf(drive.planted, drive.seen)).toEqual([]);
  });

  it.each(DRIVEN)('S9: what was planted in %s was really there, and what was looked through was really written', { timeout: PATIENCE }, async (label) => {
    const drive = await driven(label);
    const shown = new Set(leaksOf(drive.planted.map(({ name, value }) => ({ name, value })), drive.seen).map(({ name }) => name));
    for (const name of ['conversation token', 'resume token', 'password of a visitor', 'e-mail of a visitor', 'signing key (AWSCURRENT)']) expect(shown, name).toContain(name);
    const lines = (kind: string): number => drive.seen.filter((seen) => seen.kind === kind).reduce((sum, { text }) => sum + text.length, 0);
    for (const kind of ['log', 'call', 'answer', 'item', 'variable']) expect(lines(kind), kind).toBeGreaterThan(1_000);
    const calls = new Set(drive.seen.filter(({ kind }) => kind === 'call').map(({ what }) => what));
    for (const what of ['events.PutEvents', 'sqs.SendMessage', 'dynamodb.TransactWriteItems', 'secretsmanager.GetSecretValue', 'kms.GenerateDataKey']) expect(calls).toContain(what);
    expect(drive.seen.some(({ kind, text }) => kind === 'log' && text.includes('"CloudWatchMetrics"'))).toBe(true);
  });
});
