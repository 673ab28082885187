import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { EstateModel } from '../../../../local/assembly/model.ts';
import type { Estate } from '../../../../local/estate.ts';
import { stored } from '../../../app/support/estate.ts';
import type { DrivenEnvironment } from './environments.ts';
import { abandonTurn, missEvent } from './left-behind.ts';
import { ORDER, SLOWLY } from './outside.ts';
import type { Outside } from './outside.ts';
import type { Planted } from './planted.ts';
import { signatureOf, Web } from './web.ts';

/** Milliseconds for what is done without being asked for: long enough for a busy machine. */
const PATIENCE = 60_000;
const QUESTION = 'How many days do I have to send something back?';
/** What a visitor should not have written, and writes. */
const PASSWORD = 'Raft-of-0tters-7781';
const EMAIL = 'kim.planted@mail.example';
const CONFESSION = `My password is ${PASSWORD} and my e-mail is ${EMAIL}. ${QUESTION}`;
const COMMENT = 'Planted comment: ask for Robin at planted-desk@mail.example';

/** Everything that clients can ask for. What they tell and show that is nobody else's is added to what is planted. @throws Error when an answer is not as it should be */
export async function askEverything(estate: Estate, { config }: DrivenEnvironment, web: Web, outside: Outside, planted: Planted[]): Promise<void> {
  const withModel = config.model.provider !== 'extractive';
  const staff = await estate.staffToken('support-agent');
  planted.push(
    { name: 'token of staff', value: signatureOf(staff) },
    // The visitor reads it in the transcript, and the model in its prompt; staff get a pseudonym, and the value when they ask for it.
    { name: 'password of a visitor', value: PASSWORD, belongs: /^(answer GET .* by owner|answer POST .*\/reveals by staff|call bedrock\.|vendor model prompt)/ },
    { name: 'e-mail of a visitor', value: EMAIL, belongs: /^(answer GET .* by owner|answer POST .*\/reveals by staff|call bedrock\.|vendor model prompt)/ },
    { name: 'comment of a visitor', value: COMMENT },
  );
  const page = await web.ask('GET', '/', [200], { by: 'nobody' });
  await Promise.all([...page.text.matchAll(/pages\/[\w.-]+/g)].slice(0, 1).map(([path]) => web.ask('GET', `/${path}`, [200], { by: 'nobody' })));
  await web.ask('GET', '/v1/health', [200], { by: 'nobody' });

  const chat = await web.open();
  const key = randomUUID();
  await web.say(chat, CONFESSION, { key });
  const slow = withModel ? slowTurn(web) : undefined;
  await web.say(chat, CONFESSION, { key });
  await web.say(chat, QUESTION, { accept: 'text/event-stream' });
  await web.ask('POST', `/v1/conversations/${chat.id}/feedback`, [204], { by: 'owner', token: chat.token, body: { rating: 2, resolved: false, comment: COMMENT } });
  await web.transcript(chat.id, 'owner', chat.token);
  const shown = JSON.stringify(await web.transcript(chat.id, 'staff', staff));
  const pseudonym = /\[email-[a-z2-7]{6}\]/.exec(shown)?.[0] ?? expect.fail(`Staff were shown no pseudonym: ${shown}`);
  await web.ask('POST', `/v1/conversations/${chat.id}/reveals`, [200], { by: 'staff', token: staff, body: { pseudonym, reason: 'The customer asks to be written to.' } });
  await web.resume(chat);
  // Others of the same subject: its key is there already, and has to live longer, or lives longer than they do.
  await web.open({ token: chat.token });
  await web.open({ token: chat.token, synthetic: true });
  await web.ask('GET', `/v1/conversations/${chat.id}`, [401, 403], { by: 'nobody', token: `${chat.token.slice(0, -6)}AAAAAA` });

  // A turn that was abandoned: the next message hands it to the worker.
  const abandoned = await web.open();
  await abandonTurn(estate, abandoned.id, QUESTION);
  await web.say(abandoned, 'And what does it cost?', { expected: [409, 202, 200] });
  await expect.poll(async () => (await web.transcript(abandoned.id, 'owner', abandoned.token)).turns[0]?.status, { timeout: PATIENCE }).toBe('answered');

  if (config.existing.customerIssuer !== undefined) await asCustomer(estate, web, outside, planted, config.integrations.orders !== undefined);
  await slow;
}

/** A model that takes too long: `pending`, and the worker finishes it. */
async function slowTurn(web: Web): Promise<void> {
  const chat = await web.open();
  await web.say(chat, `How many days do I have to ${SLOWLY}?`, { expected: [202, 200] });
  await expect.poll(async () => (await web.transcript(chat.id, 'owner', chat.token)).turns[0]?.status, { timeout: PATIENCE }).toBe('answered');
}

async function asCustomer(estate: Estate, web: Web, outside: Outside, planted: Planted[], orders: boolean): Promise<void> {
  const token = await outside.signIn('kim');
  planted.push({ name: 'token of a customer', value: signatureOf(token) });
  const question = `Where is my order ${ORDER}?`;
  const [chat, abandoned] = [await web.open({ token }), await web.open({ token })];
  const { text } = await web.say(chat, question);
  if (orders) expect(text).toContain('shipped');
  // The worker looks orders up, too.
  await abandonTurn(estate, abandoned.id, question);
  await web.say(abandoned, QUESTION, { expected: [409, 202, 200] });
  const reply = orders ? { text: expect.stringContaining('shipped') } : {};
  await expect.poll(async () => (await web.transcript(abandoned.id, 'owner', abandoned.token)).turns[0], { timeout: PATIENCE }).toMatchObject({ status: 'answered', reply });
}

/** Everything that nobody asks for: the sweep, the rotation, the check of credentials, the check before traffic, relay and recorder. @throws Error when something was not done */
export async function runTheRest(estate: Estate, model: EstateModel, logsDir: string): Promise<void> {
  const web = new Web(estate.url);
  const [lost, old] = [await web.open(), await web.open()];
  await abandonTurn(estate, lost.id, QUESTION);
  await abandonTurn(estate, old.id, QUESTION, 'old');
  await missEvent(estate, lost.id);
  const swept = (await estate.invoke('sweep', { sweep: true })) as Readonly<Record<string, number>>;
  for (const done of ['closed', 'requeued', 'failed', 'republished']) expect(swept[done], `The sweep ${JSON.stringify(swept)}: ${done}`).toBeGreaterThan(0);
  await expect.poll(async () => (await web.transcript(lost.id, 'owner', lost.token)).turns[0]?.status, { timeout: PATIENCE }).toBe('answered');
  await estate.rotateSecrets();
  for (const name of model.ofType('AWS::Lambda::Function').map(({ ref }) => ref)) {
    if (name.endsWith('-credential-age')) await estate.invoke(name, { credentialAge: true });
  }
  for (const group of model.ofType('AWS::CodeDeploy::DeploymentGroup')) await estate.invoke('pre-traffic', { DeploymentId: group.ref, LifecycleEventHookExecutionId: randomUUID() });
  // The relay and the recorder have done their work when no event is left, and each has left a line.
  await expect.poll(async () => (await stored(estate)).conversations.filter(({ sk }) => sk?.S?.startsWith('OUTBOX#')).length, { timeout: PATIENCE }).toBe(0);
  await expect.poll(() => readdirSync(logsDir).some((file) => file.endsWith('-interactions.log') && readFileSync(join(logsDir, file), 'utf8').includes('feedback')), { timeout: PATIENCE }).toBe(true);
}
