import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { comprehendSecondOpinion } from '../../../../lambda/adapters/comprehend/second-opinion.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';

let server: Server;
let says: unknown = { Entities: [] };
let asked: { target: unknown; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      asked.push({ target: request.headers['x-amz-target'], body });
      const down = says === 'down';
      response.writeHead(down ? 500 : 200, { 'content-type': 'application/x-amz-json-1.1' }).end(down ? '{"__type":"InternalServerException"}' : JSON.stringify(says));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
);

describe('Amazon Comprehend as a second opinion', () => {
  const open = () => comprehendSecondOpinion(clientOptions('interactive', { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } }));
  const ask = async (text: string, locale = 'en', answer: unknown = { Entities: [] }) => {
    says = answer;
    asked = [];
    return open().ask(text, locale, new AbortController().signal);
  };

  it('counts in code points, as Comprehend does', async () => {
    const found = await ask('😀 Anna here', 'en-GB', { Entities: [{ Type: 'NAME', BeginOffset: 2, EndOffset: 6, Score: 0.99 }] });
    expect(found).toEqual([{ kind: 'name', start: 3, end: 7, score: 0.99 }]);
    expect(asked).toEqual([{ target: 'Comprehend_20171127.DetectPiiEntities', body: JSON.stringify({ Text: '😀 Anna here', LanguageCode: 'en' }) }]);
  });

  it.each([
    [{ Entities: [{ Type: 'NAME', BeginOffset: 2, EndOffset: 600, Score: 1 }] }],
    [{ Entities: [{ Type: 'NAME', BeginOffset: -1, EndOffset: 3, Score: 1 }] }],
    [{ Entities: [{ Type: 'AGE', BeginOffset: 0, EndOffset: 3, Score: 1 }] }],
    [{ Entities: [{ BeginOffset: 0, EndOffset: 3, Score: 1 }, { Type: 'NAME', EndOffset: 3, Score: 1 }, { Type: 'NAME', BeginOffset: 0, EndOffset: 3 }] }],
    [{}],
  ])('leaves out what makes no sense, or is no personal data: %j', async (answer) => {
    expect(await ask('Anna here', 'en', answer)).toEqual([]);
  });

  it('is not asked about a language that it does not know, nor about nothing', async () => {
    expect([await ask('Guten Tag', 'de'), await ask('', 'en'), asked]).toEqual([[], [], []]);
  });

  it('says that it gave none when it is down, without the text', async () => {
    const failed = ask('my name is Anna', 'en', 'down');
    await expect(failed).rejects.toThrow(DependencyUnavailable);
    await expect(failed).rejects.not.toThrow(/Anna/);
  });
});
