import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundlesOf, synthesizeFresh } from '../../bin/synthesize.ts';
import { loadEnvironment } from '../../config/index.ts';
import type { Estate } from '../../local/estate.ts';
import { temporaryFolder } from '../local/support/folder.ts';
import { ROOT } from '../support/paths.ts';
import { Chat } from './support/chat.ts';
import { startSynthesized } from './support/estate.ts';
import { type LoopbackServer, startJsonServer } from './support/loopback-server.ts';

const KEY = 'key-that-only-the-order-system-knows';
const AUDIENCE = 'chat';
const QUESTION = 'Where is my order OT-12345?';
const STATUS = 'Order OT-12345: shipped (as of 2026-11-06). Expected on 2026-11-09. Carrier: Northway Parcel.';

/** The sample environment for development, with the order system and the issuer of an invented shop, all of it on 127.0.0.1. */
describe('order status', () => {
  const folder = temporaryFolder();
  const asked: { readonly url: string; readonly subject: string | undefined }[] = [];
  let estate: Estate;
  let issuer: LoopbackServer;
  let shop: LoopbackServer;
  let broken = false;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;

  /** How an order system finds its own customer in `X-Subject`, as docs/integrations.md says. */
  const subjectOf = (customer: string): string => createHmac('sha256', issuer.url).update(customer).digest('base64url');
  const signIn = (customer: string): Promise<string> => new SignJWT({ sub: customer }).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' }).setIssuer(issuer.url).setAudience(AUDIENCE).setIssuedAt().setExpirationTime('10m').sign(keys.privateKey);
  const open = async (customer?: string, body: object = {}): Promise<Chat> => {
    const headers = { 'content-type': 'application/json', ...(customer === undefined ? {} : { authorization: `Bearer ${await signIn(customer)}` }) };
    return Chat.of(estate.url, await fetch(`${estate.url}/v1/conversations`, { method: 'POST', headers, body: JSON.stringify(body) }));
  };

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    issuer = await startJsonServer(({ url }) => (url === '/keys' ? { keys: [jwk] } : url === '/.well-known/openid-configuration' ? { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` } : undefined));
    shop = await startJsonServer(({ url = '', headers }, response) => {
      asked.push({ url, subject: headers['x-subject']?.toString() });
      if (headers.authorization !== `Bearer ${KEY}`) return response.writeHead(401).end();
      if (broken) return response.writeHead(500).end();
      // It answers for anybody's order: the check of the owner is ours as well.
      return url === '/api/orders/OT-12345' ? { orderNumber: 'OT-12345', owner: subjectOf('kim'), status: 'shipped', updatedOn: '2026-11-06', expectedOn: '2026-11-09', carrier: 'Northway Parcel' } : undefined;
    });
    const dev = loadEnvironment('dev');
    const config: typeof dev = {
      ...dev,
      existing: { ...dev.existing, customerIssuer: { issuerUrl: issuer.url, audience: AUDIENCE } },
      vendorCredentials: [{ name: 'order-system', usedBy: 'order status' }],
      integrations: { orders: { baseUrl: `${shop.url}/api`, vendorCredential: 'order-system', orderNumberPattern: '^[A-Z]{2}-?[0-9]{5,10}$' } },
    };
    const outdir = join(folder, 'cdk.out');
    expect(await synthesizeFresh({ environments: [config], bundles: await bundlesOf(ROOT, [config]), outdir, validate: false })).toBeUndefined();
    estate = await startSynthesized('dev', { assemblyDir: outdir, logsDir: join(folder, 'logs') });
    const client = new SecretsManagerClient({ endpoint: estate.awsUrl, region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } });
    await client.send(new PutSecretValueCommand({ SecretId: 'chatbot-dev/vendor/order-system', SecretString: JSON.stringify({ key: KEY }) }));
    client.destroy();
  });
  afterAll(async () => {
    await estate?.close();
    await Promise.all([issuer?.close(), shop?.close()]);
  });
  beforeEach(() => {
    asked.length = 0;
    broken = false;
  });

  it('is told to the customer whose order it is, with the order as source', async () => {
    const chat = await open('kim');
    expect((await chat.say(QUESTION)).reply).toEqual({ kind: 'answer', text: STATUS, sources: [{ id: 'order-OT-12345', title: 'Order OT-12345', date: '2026-11-06' }] });
    expect(asked).toEqual([{ url: '/api/orders/OT-12345', subject: subjectOf('kim') }]);
    expect((await chat.transcript()).turns.map(({ reply }) => reply?.text)).toEqual([STATUS]);
  });

  it('comes as a stream, and in German', async () => {
    const chat = await open('kim', { locale: 'de' });
    const events = await chat.stream('Wo ist meine Bestellung OT-12345?');
    expect(events.map(({ event }) => event)).toEqual(['turn', 'delta', 'reply']);
    expect(events.at(-1)?.data).toMatchObject({ reply: { text: 'Bestellung OT-12345: verschickt (Stand 2026-11-06). Erwartet am 2026-11-09. Versanddienst: Northway Parcel.' } });
  });

  it('says the same of somebody else’s order as of none', async () => {
    const [foreign, unknown] = await Promise.all([(await open('robin')).say(QUESTION), (await open('kim')).say(QUESTION.replace('12345', '54321'))]);
    expect(foreign.reply.text).toMatch(/^There is no such order in your account: OT-12345\./);
    expect(JSON.stringify(foreign.reply)).not.toMatch(/shipped|Northway|2026-11-0/);
    expect({ ...unknown.reply, text: unknown.reply.text.replaceAll('54321', '12345') }).toEqual(foreign.reply);
  });

  it('is looked up for nobody who has not signed in: they get the article', async () => {
    const { reply } = await (await open()).say(QUESTION);
    expect(reply.kind).toBe('answer');
    expect(reply.text).not.toContain('OT-12345');
    expect(asked).toEqual([]);
  });

  it('gives way to the article when the order system fails', async () => {
    broken = true;
    const { reply } = await (await open('kim')).say(QUESTION);
    expect([reply.kind, reply.text.includes('OT-12345'), asked.length]).toEqual(['answer', false, 1]);
  });

  it('leaves neither key nor order in a log', async () => {
    await (await open('kim')).say(QUESTION);
    const logs = readdirSync(join(folder, 'logs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
    expect(logs.length).toBeGreaterThan(100);
    for (const word of [KEY, 'OT-12345', 'Northway']) expect(logs).not.toContain(word);
  });
});
