import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlesOf, synthesizeFresh } from '../../bin/synthesize.ts';
import { validateEnvironment } from '../../config/validate.ts';
import type { CallRecord } from '../../local/aws/index.ts';
import type { Estate } from '../../local/estate.ts';
import { ENDPOINT, sample } from '../config/sample.ts';
import { chunk, says, startModelEndpoint, stream, type ModelEndpoint } from '../support/fakes/model-endpoint.ts';
import { ROOT } from '../support/paths.ts';
import { Chat } from './support/chat.ts';
import { startSynthesized } from './support/estate.ts';

const QUESTION = 'How many days do I have to send something back?';
/** What is quoted when no model helps. */
const QUOTE = 'You can return unused items within 30 days of delivery';
const KEY = 'sk-invented-4f7Kq2';

/** Development with a model behind an endpoint of this machine: from config to the bundles, and no AWS but the loop-back. */
describe('a model behind an endpoint, behind the API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  const calls: CallRecord[] = [];
  let endpoint: ModelEndpoint;
  let estate: Estate | undefined;
  const url = (): string => estate?.url ?? '';
  beforeAll(async () => {
    endpoint = await startModelEndpoint();
    const model = { ...ENDPOINT, baseUrl: endpoint.url, apiKey: { vendorCredential: 'models' } };
    const validation = validateEnvironment(sample('dev', { model, vendorCredentials: [{ name: 'models', usedBy: 'answers' }] }));
    if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
    const environments = [validation.config];
    await synthesizeFresh({ environments, bundles: await bundlesOf(ROOT, environments), outdir: join(folder, 'cdk.out'), validate: false });
    estate = await startSynthesized('dev', { assemblyDir: join(folder, 'cdk.out'), onCall: (call) => calls.push(call) });
    const client = new SecretsManagerClient({ endpoint: estate.awsUrl, region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } });
    await client.send(new PutSecretValueCommand({ SecretId: 'chatbot-dev/vendor/models', SecretString: KEY }));
    client.destroy();
  });
  afterAll(async () => {
    await estate?.close();
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('words the answer with its key, streamed and whole, and is shown what was said before', async () => {
    endpoint.play(says('You have ', '30 days ', 'after delivery [1].'));
    const chat = await Chat.open(url());
    expect((await chat.say(QUESTION)).reply).toMatchObject({ kind: 'answer', text: 'You have 30 days after delivery.' });
    const [request] = endpoint.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({ model: 'small-model', stream: true, max_tokens: 400 });
    endpoint.play(says('Within 30 days [1].'));
    const events = await chat.stream('And how do I send something back?');
    expect(events.at(-1)?.event).toBe('reply');
    expect(JSON.stringify(endpoint.requests.at(-1)?.body)).toContain('You have 30 days after delivery.');
    expect(calls.filter(({ operation }) => operation.startsWith('Converse'))).toEqual([]);
  });

  it.each([
    ['a script', 'Sure [1]. <script>fetch("https://evil.example")</script> Done.', /script|evil/i],
    ['a link that no document holds', 'Pay at https://pay-otter.example/now [1].', /pay-otter/],
  ])('does not get %s through', async (_, hostile, forbidden) => {
    endpoint.play(says(...(hostile.match(/[\s\S]{1,7}/g) ?? [])));
    const { reply } = await (await Chat.open(url())).say(QUESTION);
    expect(reply.text).not.toMatch(forbidden);
    expect(reply.text.trim()).not.toBe('');
  });

  it('that breaks, errs or babbles is stood in for by the articles', async () => {
    for (const play of [stream('no json'), stream(chunk({ content: 'You have 90 days [1]' })), stream({ error: {} })]) {
      endpoint.play(play);
      const { reply } = await (await Chat.open(url())).say(QUESTION);
      expect(reply.text).toContain(QUOTE);
    }
  });
});
