import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchGetItemCommand, GetItemCommand, PutItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { startLoopback } from '../../../local/aws/index.ts';
import type { Clients } from './support/clients.ts';
import { PLACE, clientsFor } from './support/clients.ts';
import { tableNamed, withFolder, withLoopback } from './support/loopback.ts';

const resources = { tables: [tableNamed('one', { stream: true }), tableNamed('two')], queues: [{ queueName: 'q' }] };
const key = (pk: string): { pk: { S: string }; sk: { S: string } } => ({ pk: { S: pk }, sk: { S: '0' } });
const put = (clients: Clients, pk: string): Promise<unknown> => clients.dynamodb.send(new PutItemCommand({ TableName: 'one', Item: key(pk) }));
const journal = (folder: string): string => join(folder, readdirSync(folder).find((name) => name.startsWith('journal-')) ?? '');

/** Builds the child once: Node 20 runs no TypeScript. */
async function childScript(folder: string): Promise<string> {
  const outfile = join(folder, 'endpoint.mjs');
  await build({ entryPoints: [join(import.meta.dirname, 'support/endpoint-process.ts')], bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  return outfile;
}

/** What one writer saw acknowledged before the endpoint died. */
interface Acknowledged {
  readonly puts: string[];
  readonly transactions: string[];
  readonly messages: string[];
}

/** Writes until the endpoint is gone. */
async function writeUntilDead(clients: Clients, queueUrl: string, writer: number, acknowledged: Acknowledged, each: () => void): Promise<void> {
  for (let i = 0; ; i += 1) {
    const id = `${writer}-${i}`;
    try {
      await put(clients, id);
      acknowledged.puts.push(id);
      const TransactItems = ['one', 'two'].map((TableName) => ({ Put: { TableName, Item: { ...key(`t-${id}`), filler: { S: 'x'.repeat(2000) } } } }));
      await clients.dynamodb.send(new TransactWriteItemsCommand({ TransactItems }));
      acknowledged.transactions.push(`t-${id}`);
      const sent = await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: id }));
      acknowledged.messages.push(sent.MessageId ?? '');
      each();
    } catch {
      return;
    }
  }
}

describe('durability', () => {
  it('loses no acknowledged write, and keeps transactions whole, when the process is killed in the middle', () =>
    withFolder(async (folder) => {
      const script = await childScript(folder);
      const dataDir = join(folder, 'data');
      const acknowledged: Acknowledged = { puts: [], transactions: [], messages: [] };
      for (const round of [0, 1, 2]) {
        const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
        const gone = new Promise((resolve) => void child.once('exit', resolve));
        const url = await new Promise<string>((resolve, reject) => {
          child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
          child.once('exit', () => reject(new Error('the endpoint did not start')));
        });
        const clients = clientsFor(url);
        let writes = 0;
        const kill = (): void => {
          writes += 1;
          if (writes === 60) child.kill('SIGKILL');
        };
        await Promise.all(Array.from({ length: 8 }, (_, writer) => writeUntilDead(clients, `${url}/${PLACE.accountId}/q`, round * 10 + writer, acknowledged, kill)));
        clients.destroy();
        await gone;
      }
      await withLoopback({ dataDir, resources }, async ({ clients, loopback }) => {
        const ids = async (TableName: string): Promise<Set<string>> =>
          new Set((await clients.dynamodb.send(new ScanCommand({ TableName, ProjectionExpression: 'pk' }))).Items?.map((item) => item['pk']?.S ?? ''));
        const [one, two] = [await ids('one'), await ids('two')];
        expect(acknowledged.puts.length).toBeGreaterThan(150);
        expect(acknowledged.puts.filter((id) => !one.has(id))).toEqual([]);
        expect(acknowledged.transactions.filter((id) => !one.has(id) || !two.has(id))).toEqual([]);
        // Whole: what one table has of a transaction, the other has, acknowledged or not.
        expect([...one].filter((id) => id.startsWith('t-')).toSorted()).toEqual([...two].toSorted());
        const messages = new Set(Array.from({ length: 200 }, () => loopback.queues.receive('q', 10)).flat().map((message) => message.messageId));
        expect(acknowledged.messages.filter((id) => !messages.has(id))).toEqual([]);
      });
    }));

  it('drops a torn last line and keeps all before it', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir, resources }, async ({ clients }) => {
        await put(clients, 'a');
        await put(clients, 'b');
      });
      const path = journal(dataDir);
      const whole = readFileSync(path);
      const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
      // Every possible cut within the last line.
      for (const cut of [lastLine + 1, lastLine + 10, whole.length - 1]) {
        writeFileSync(path, whole.subarray(0, cut));
        await withFolder(async (copy) => {
          for (const name of readdirSync(dataDir)) writeFileSync(join(copy, name), readFileSync(join(dataDir, name)));
          await withLoopback({ dataDir: copy, resources }, async ({ clients }) => {
            const { Responses } = await clients.dynamodb.send(new BatchGetItemCommand({ RequestItems: { one: { Keys: [key('a'), key('b')] } } }));
            expect(Responses?.['one']).toEqual([key('a')]);
            await put(clients, 'c');
          });
          await withLoopback({ dataDir: copy, resources }, async ({ clients }) => {
            expect((await clients.dynamodb.send(new ScanCommand({ TableName: 'one' }))).Count).toBe(2);
          });
        });
      }
    }));

  it('refuses a file that is damaged in the middle, naming the line', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir, resources }, ({ clients }) => put(clients, 'a'));
      const path = journal(dataDir);
      const lines = readFileSync(path, 'utf8').split('\n');
      writeFileSync(path, [...lines.slice(0, -2), '{"torn', ...lines.slice(-2)].join('\n'));
      await expect(startLoopback({ ...PLACE, dataDir, resources })).rejects.toThrow(new RegExp(`journal-1.ndjson, line ${lines.length - 1} is damaged`));
    }));

  it('survives a crash between the snapshot and the next journal', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir, resources }, ({ clients }) => put(clients, 'a'));
      const old = journal(dataDir);
      const content = readFileSync(old);
      await withLoopback({ dataDir, resources }, ({ clients }) => put(clients, 'b'));
      // The old journal is back, as if it had not been removed, and half a snapshot lies about.
      appendFileSync(old, content);
      writeFileSync(join(dataDir, 'snapshot.ndjson.tmp'), '{"generation":99}\n["dyn');
      await withLoopback({ dataDir, resources }, async ({ clients }) => {
        for (const pk of ['a', 'b']) expect((await clients.dynamodb.send(new GetItemCommand({ TableName: 'one', Key: key(pk) }))).Item).toEqual(key(pk));
      });
      expect(existsSync(old)).toBe(false);
    }));

  it('refuses a directory that a running endpoint uses, and takes it over after that one is gone', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir }, async ({ loopback }) => {
        await expect(startLoopback({ ...PLACE, dataDir, resources: {} })).rejects.toThrow(`in use by the endpoint at ${loopback.url}`);
      });
      writeFileSync(join(dataDir, 'endpoint.json'), JSON.stringify({ url: 'http://127.0.0.1:9', instance: 'dead' }));
      await withLoopback({ dataDir, resources }, ({ clients }) => put(clients, 'a'));
    }));
});
