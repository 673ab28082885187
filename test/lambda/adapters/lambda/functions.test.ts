import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { lambdaFunctions } from '../../../../lambda/adapters/lambda/functions.ts';

let server: Server;
let answer: { body: string; error?: string } = { body: '' };
const requests: { url: string; body: string }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => {
      requests.push({ url: request.url ?? '', body: text });
      response.writeHead(200, answer.error === undefined ? {} : { 'X-Amz-Function-Error': answer.error }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
const invoke = (given: typeof answer) => {
  answer = given;
  requests.length = 0;
  const client = clientOptions('invoke', { region: 'eu-central-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  return lambdaFunctions({ client }).invoke('dev-chat', '7', { check: 'pre-traffic' });
};

describe('functions', () => {
  it('invokes exactly the version, and reads its answer', async () => {
    expect(await invoke({ body: '{"ok":true,"release":"r7"}' })).toEqual({ ok: true, release: 'r7' });
    expect(requests).toEqual([{ url: '/2015-03-31/functions/dev-chat/invocations?Qualifier=7', body: '{"check":"pre-traffic"}' }]);
  });
  it('reads the body of a streaming function behind its prelude', async () => {
    expect(await invoke({ body: `{"statusCode":200}${'\0'.repeat(8)}{"ok":true}` })).toEqual({ ok: true });
  });
  it('fails with the kind of error, and none of its text', async () => {
    const failed = invoke({ body: '{"errorType":"StoreUnavailable","errorMessage":"private"}', error: 'Unhandled' });
    await expect(failed).rejects.toThrow('Version 7 of dev-chat failed (Unhandled): StoreUnavailable.');
    await expect(failed).rejects.not.toThrow('private');
    await expect(invoke({ body: 'x', error: 'Unhandled' })).rejects.toThrow('unknown error');
  });
  it('fails on an answer that is no JSON', async () => {
    await expect(invoke({ body: 'null and void' })).rejects.toThrow(SyntaxError);
  });
});
