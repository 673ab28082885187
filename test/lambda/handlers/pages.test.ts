import { build } from 'esbuild';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { handler as Handler, PageEvent } from '../../../lambda/handlers/pages.ts';
import type { PageResponse } from '../../../lambda/runtime/pages/serve.ts';
import { buildPages } from '../../../pages/build.ts';

/** The handler as it is deployed: bundled, with the built page beside it. */
describe('pages handler', () => {
  let folder = '';
  let handler: typeof Handler;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pages-handler-'));
    const outfile = join(folder, 'index.mjs');
    const entry = join(import.meta.dirname, '../../../lambda/handlers/pages.ts');
    await Promise.all([build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' }), buildPages(join(folder, 'files'))]);
    await writeFile(join(folder, 'secret.js'), 'beside the folder');
    vi.stubEnv('RELEASE', 'r7');
    vi.stubEnv('SETTINGS', JSON.stringify({ embedOrigins: ['https://shop.example', 'https://*.partner.example'] }));
    const bundle: { handler: typeof Handler } = await import(pathToFileURL(outfile).href);
    handler = bundle.handler;
    // The environment is read with the first event.
    await handler({ check: 'pre-traffic' });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const get = async (file: string | null, headers: PageEvent['headers'] = {}): Promise<PageResponse> => {
    const answer = await handler({ headers, pathParameters: file === null ? null : { file } });
    if (!('statusCode' in answer)) throw new Error('Not a response');
    return answer;
  };

  it('serves the page with a strict policy and asks browsers to check it each time', async () => {
    const { statusCode, headers, body } = await get(null);
    expect(statusCode).toBe(200);
    expect(body).toBe(await readFile(join(folder, 'files/index.html'), 'utf8'));
    expect(headers).toMatchObject({ 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'self' https://shop.example https://*.partner.example; base-uri 'none'; form-action 'none'",
    );
    expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it('serves script and style sheet for five minutes', async () => {
    expect(await get('chatbot.js')).toMatchObject({ statusCode: 200, headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'public, max-age=300', Vary: 'Origin' } });
    expect(await get('page.css')).toMatchObject({ statusCode: 200, headers: { 'Content-Type': 'text/css; charset=utf-8' } });
  });

  it('allows reading across origins only to the origins that embed', async () => {
    expect((await get('chatbot.js', { origin: 'https://shop.example' })).headers['Access-Control-Allow-Origin']).toBe('https://shop.example');
    expect((await get('chatbot.js', { Origin: 'https://evil.example' })).headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it('answers 304 to whoever has the same bytes', async () => {
    const { headers } = await get('chatbot.js');
    const etag = headers['ETag'] ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [etag, `"old", W/${etag}`, '*']) expect(await get('chatbot.js', { 'IF-NONE-MATCH': known })).toMatchObject({ statusCode: 304, body: '', headers: { ETag: etag } });
    expect((await get('chatbot.js', { 'If-None-Match': '"old"' })).statusCode).toBe(200);
    expect((await get(null, { 'If-None-Match': etag })).statusCode).toBe(200);
  });

  it.each(['nothing.js', '../secret.js', '..%2Fsecret.js', 'secret.js', 'index.html', '', '.', '__proto__', 'constructor', 'files/chatbot.js', 'chatbot.js\0', '/etc/passwd'])('knows no file %j', async (file) => {
    const { statusCode, headers, body } = await get(file);
    expect(statusCode).toBe(404);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('takes an event without headers', async () => {
    const event: PageEvent = JSON.parse('{"headers":null,"pathParameters":null}');
    expect(await handler(event)).toMatchObject({ statusCode: 200 });
  });

  it('answers the pre-traffic check with its release', async () => {
    expect(await handler({ check: 'pre-traffic' })).toEqual({ ok: true, release: 'r7' });
  });
});
