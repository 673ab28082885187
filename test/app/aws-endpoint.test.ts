import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../local/estate.ts';
import { hasMoto, startMoto } from '../local/aws/support/moto.ts';
import { Chat } from './support/chat.ts';
import { dynamoOf, startSynthesized, stored } from './support/estate.ts';

const found = hasMoto();
if (!found) process.stderr.write('\n!! There is no moto_server on the PATH: that dev runs on an AWS endpoint of another make was NOT checked. Install it: pip install "moto[server]"\n\n');

/** Dev on an endpoint that is not ours: what the functions ask of AWS is understood elsewhere, too. */
describe.skipIf(!found)('dev on moto_server', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let estate: Estate;
  const reports: string[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    estate = await startSynthesized('dev', { foreign: { url: moto.url, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }, report: (line) => void reports.push(line) });
  });
  afterAll(async () => {
    await estate?.close();
    moto?.stop();
  });

  it('makes there what the environment declares', async () => {
    const client = dynamoOf(estate);
    const { TableNames } = await client.send(new ListTablesCommand({}));
    client.destroy();
    expect(estate.awsUrl).toBe(moto.url);
    expect(TableNames).toEqual(expect.arrayContaining([estate.definition('chat').environment['CONVERSATION_TABLE'], estate.definition('chat').environment['KEY_TABLE']]));
  });

  it('opens a conversation, answers, and repeats the answer', async () => {
    const chat = await Chat.open(estate.url);
    const first = await chat.say('How many days do I have to send something back?', { key: 'k' });
    expect(first.reply).toMatchObject({ kind: 'answer', sources: [expect.objectContaining({ id: 'return-window' })] });
    expect(await chat.say('How many days do I have to send something back?', { key: 'k' })).toEqual(first);
    expect((await chat.stream('How long does standard delivery take?')).at(-1)?.event).toBe('reply');
    expect((await chat.transcript()).turns.map(({ status }) => status)).toEqual(['answered', 'answered']);
    expect((await chat.feedback({ rating: 5, comment: 'Fine' })).status).toBe(204);
    const items = (await stored(estate)).conversations.filter(({ pk }) => pk?.S === chat.id);
    expect(new Set(items.map(({ sk }) => sk?.S?.split('#')[0]))).toEqual(new Set(['HEAD', 'TURN', 'IDEM', 'FEEDBACK', 'OUTBOX']));
    expect(reports).toEqual([]);
  });

  it('gives staff their tokens all the same', async () => {
    const chat = await Chat.open(estate.url);
    expect((await chat.transcript(undefined, await estate.staffToken('support-agent'))).turns).toEqual([]);
  });
});
