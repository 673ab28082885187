import * as fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { CreateConversationRequest, FeedbackRequest, Problem, ResumeRequest, RevealRequest, SendMessageRequest, Transcript } from '../../lambda/contracts/api.ts';
import { MAX_BODY_BYTES } from '../../lambda/contracts/limits.ts';
import { OPERATION_DETAILS } from '../../lambda/contracts/openapi-operations.ts';
import { ROUTES, type OperationId, type Route } from '../../lambda/contracts/routes.ts';
import { principalToContext } from '../../lambda/domain/identity/principal.ts';
import type { Principal } from '../../lambda/domain/identity/types.ts';
import { chatOperations } from '../../lambda/handlers/chat/operations.ts';
import { CONTEXT, proxyEvent } from '../lambda/runtime/http/events.ts';
import { fakeObserver } from '../lambda/runtime/streaming.ts';
import { fakeTokens } from '../support/fakes/ports.ts';
import { fakeIds } from '../support/fakes/time.ts';
import { world, type World } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { damaged, HOSTILE_TEXTS, HOSTILE_VALUES, writtenNumber, writtenObject, writtenText } from './support/json-forms.ts';
import { examples } from './support/object-access.ts';

const OWNER: Principal = { kind: 'conversation', conversationId: 'c1', subject: 's1' };
const BODY_ROUTES = ROUTES.filter(({ method, servedBy }) => method === 'POST' && servedBy === 'chat');
const routeOf = (operationId: OperationId): Route => ROUTES.find((route) => route.operationId === operationId) as Route;
/** Schemas of bodies by the name under which the API description has them. */
const SCHEMAS: Readonly<Record<string, z.ZodMiniObject>> = { CreateConversationRequest, SendMessageRequest, FeedbackRequest, ResumeRequest, RevealRequest };
const schemaOf = ({ operationId }: Route): z.ZodMiniObject => {
  const name = OPERATION_DETAILS[operationId as OperationId].body?.schema ?? '';
  return SCHEMAS[name] ?? expect.fail(`The schema "${name}" of ${operationId} is not among those that this test knows.`);
};
/** A right body of a route. */
const rightBody = ({ operationId }: Route): Record<string, unknown> => {
  const body = operationId === 'createConversation' ? { locale: 'en', channel: 'web', synthetic: false } : examples('x'.repeat(43), '[email-k7q2mx]')[operationId as 'sendMessage']?.body;
  return { ...(body ?? expect.fail(`${operationId} has no example in test/promises/support/object-access.ts`)) };
};

let around: World;
let key = 0;
let observer: ReturnType<typeof fakeObserver>;
const totals = { asked: 0, accepted: 0, refused: 0 };
beforeEach(async () => {
  around = await world({ settings: { maxTurns: 1_000_000, quotas: { subject: { turnsPerDay: 1_000_000, tokensPerDay: 1_000_000, usdPerDay: 1 }, conversation: { tokens: 1_000_000, usd: 1 } } } });
  observer = fakeObserver();
});
afterAll(() => figure('S3', `${totals.asked} bodies: ${totals.accepted} accepted unchanged, ${totals.refused} refused, 0 server errors, 0 half-written turns`));

/** Sends a body as the gateway hands it on: its bytes in base64 (test/promises/s3-transport.test.ts sends them through one). */
async function post(route: Route, body: string | Uint8Array, over: { readonly headers?: Record<string, string> } = {}) {
  const operation = chatOperations({ ...around.deps, tokens: fakeTokens, newSecret: fakeIds('secret'), observe: observer.observe });
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': `key-${(key += 1)}`, ...over.headers };
  const event = proxyEvent({ httpMethod: 'POST', resource: route.path, pathParameters: { id: 'c1' }, headers, body: body.length === 0 ? null : Buffer.from(body).toString('base64'), isBase64Encoded: body.length > 0, requestContext: { authorizer: principalToContext(OWNER) } });
  // Nothing here waits for time: the answerer is at hand, and no timer need fire.
  const result = await operation(event, CONTEXT);
  await result.after?.();
  const text = typeof result.body === 'string' ? result.body : '';
  totals.asked += 1;
  totals[result.status < 300 ? 'accepted' : 'refused'] += 1;
  expect(result.status, text).toBeLessThan(500);
  if (result.status >= 400) expect(Problem.safeParse(JSON.parse(text)).success, text).toBe(true);
  return { status: result.status, text };
}

/** The transcript holds exactly these texts, each answered, and nothing is under way. */
async function expectTurns(texts: readonly string[]): Promise<void> {
  const read = await chatOperations({ ...around.deps, tokens: fakeTokens, newSecret: fakeIds(), observe: observer.observe })(proxyEvent({ resource: '/v1/conversations/{id}', pathParameters: { id: 'c1' }, requestContext: { authorizer: principalToContext(OWNER) } }), CONTEXT);
  const { turns } = Transcript.parse(JSON.parse(typeof read.body === 'string' ? read.body : ''));
  expect(turns.map(({ text }) => text)).toEqual(texts);
  expect(turns.filter(({ status }) => status !== 'answered')).toEqual([]);
  expect(around.store.heads.get('c1')?.claim).toBeUndefined();
}

const message = routeOf('sendMessage');
const said = fc.tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('a', 'Return?', '\u00df\u0644', '\u{1F9A6}x')).map(([text, letters]) => text + letters);

describe('S3: malformed input', () => {
  it('S3: every JSON text of a message is read as it is meant, and the text comes back unchanged', async () => {
    const texts: string[] = [];
    await fc.assert(
      fc.asyncProperty(said.chain((text) => writtenObject({ text: writtenText(text) }).map((body) => ({ text, body }))), async ({ text, body }) => {
        expect((await post(message, body)).status, body).toBe(200);
        texts.push(text);
      }),
      sizedRuns(150, 5_000),
    );
    await expectTurns(texts);
  });

  it('S3: numbers count by their value, however they are written', async () => {
    const rated = fc.integer({ min: 1, max: 5 }).chain((rating) => writtenObject({ rating: writtenNumber(rating), comment: writtenText('fine \u{1F9A6}') }).map((body) => ({ rating, body })));
    await fc.assert(
      fc.asyncProperty(rated, async ({ rating, body }) => {
        // The same feedback twice is one, so each is looked at alone.
        around.store.feedback.clear();
        expect((await post(routeOf('giveFeedback'), body)).status, body).toBe(204);
        expect([...around.store.feedback.values()].at(-1)?.rating).toBe(rating);
      }),
      sizedRuns(60, 3_000),
    );
  });

  it('S3: what is no JSON is refused, and no turn is half-written', async () => {
    const broken = fc.constantFrom(...BODY_ROUTES).chain((route) => damaged(JSON.stringify(rightBody(route))).map((body) => ({ route, body })));
    let kept = 0;
    const texts: string[] = [];
    await fc.assert(
      fc.asyncProperty(broken, async ({ route, body }) => {
        let whole: unknown;
        let parses = true;
        try {
          whole = JSON.parse(body);
        } catch {
          parses = false;
        }
        const { status } = await post(route, body);
        if (!parses) {
          kept += 1;
          // No body at all is a right one where all of it is optional.
          expect(status, body).toBe(body === '' && route.operationId === 'createConversation' ? 201 : 400);
        } else if (route === message && status === 200) texts.push((whole as { text: string }).text);
      }),
      sizedRuns(400, 30_000),
    );
    expect(kept).toBeGreaterThan(sized(200, 15_000));
    await expectTurns(texts);
  });

  it.each(BODY_ROUTES)('S3: $operationId refuses a name that stands twice', async (route) => {
    for (const [name, value] of Object.entries(rightBody(route))) {
      const body = JSON.stringify(rightBody(route));
      for (const other of [JSON.stringify(value), 'null', '"x"', '{}']) for (const twice of [name, `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`]) {
        for (const text of [`{"${twice}":${other},${body.slice(1)}`, `${body.slice(0, -1)} , "${twice}" : ${other}}`]) {
          const answer = await post(route, text);
          expect([answer.status, JSON.parse(answer.text).errors], text).toEqual([400, [{ field: name, rule: 'must stand there once' }]]);
        }
      }
    }
    await expectTurns([]);
  });

  it.each(BODY_ROUTES)('S3: $operationId takes no field that it does not know, by whatever name', async (route) => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'id', 'subject', 'conversationId', 'kind', 'roles', '', ' ', 'Text', 'text ', '\u0000', '\ud800']) {
      const body = JSON.stringify(rightBody(route));
      for (const value of ['1', '"x"', '{"synthetic":true}', '[]', 'null']) expect((await post(route, `{${JSON.stringify(name)}:${value},${body.slice(1)}`)).status, name).toBe(400);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    await expectTurns([]);
  });

  it.each(BODY_ROUTES)('S3: $operationId judges every field by its schema, whatever stands in it', async (route) => {
    const schema = schemaOf(route);
    const texts: string[] = [];
    for (const field of Object.keys(schema.shape)) {
      const values = [...HOSTILE_TEXTS.map((text) => JSON.stringify(text)), ...HOSTILE_VALUES];
      for (const value of values) {
        const body = `{${Object.entries({ ...rightBody(route), [field]: undefined }).map(([name, right]) => `${JSON.stringify(name)}:${name === field ? value : JSON.stringify(right)}`).join(',')}}`;
        const answer = await post(route, body);
        const parsed = JSON.parse(body) as Record<string, unknown>;
        const fits = schema.safeParse(parsed).success && Object.values(parsed).every((one) => typeof one !== 'string' || one.isWellFormed());
        // What fits may still name nothing that there is, or be longer than the environment allows; what does not fit is always 400.
        if (!fits) expect([answer.status, ...JSON.parse(answer.text).errors.map((error: { field: string }) => error.field.split('.')[0])], body.slice(0, 200)).toEqual(expect.arrayContaining([400]));
        else expect([200, 201, 204, 400, 404, 413], body.slice(0, 200)).toContain(answer.status);
        if (route === message && answer.status === 200) texts.push(String(parsed['text']));
      }
    }
    await expectTurns(texts);
  });

  it.each(BODY_ROUTES)('S3: $operationId reads bodies up to the limit in bytes, and no further', async (route) => {
    const body = JSON.stringify(rightBody(route));
    const padded = (bytes: number): string => `${body.slice(0, -1)}${' '.repeat(bytes - Buffer.byteLength(body))}}`;
    expect((await post(route, padded(MAX_BODY_BYTES))).status).not.toBe(413);
    expect((await post(route, padded(MAX_BODY_BYTES + 1))).status).toBe(413);
    for (const text of ['['.repeat(100_000) + ']'.repeat(100_000), `"${'\u00e9'.repeat(MAX_BODY_BYTES / 2)}"`, 'x'.repeat(5_000_000), ' '.repeat(MAX_BODY_BYTES + 1)]) expect((await post(route, text)).status).toBe(413);
    for (const depth of [1, 100, 10_000, MAX_BODY_BYTES / 2]) expect((await post(route, '['.repeat(depth) + ']'.repeat(depth))).status).toBe(400);
    await expectTurns(route === message ? [String(rightBody(route)['text'])] : []);
  });

  it.each(BODY_ROUTES)('S3: $operationId reads declared JSON in UTF-8, and no other bytes', async (route) => {
    const body = JSON.stringify(rightBody(route));
    for (const type of ['text/plain', 'text/json', 'application/jsonp', 'application/json-patch+json', 'application/*', '*/*', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x\r\nSet-Cookie: a=b', ';', '']) {
      expect((await post(route, body, { headers: { 'Content-Type': type } })).status, type).toBe(415);
    }
    const quote = body.lastIndexOf('"');
    for (const wrong of [[0x80], [0xff], [0xc3], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]]) {
      const broken = Buffer.concat([Buffer.from(body.slice(0, quote)), Buffer.from(wrong), Buffer.from(body.slice(quote))]);
      expect((await post(route, broken)).status).toBe(400);
    }
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    await fc.assert(
      fc.asyncProperty(bytes, async (some) => {
        let text: string | undefined;
        try {
          text = decoder.decode(some);
        } catch {
          text = undefined;
        }
        const { status } = await post(route, some);
        if (text === undefined || text.trim() === '') expect(status).toBe(400);
      }),
      sizedRuns(20, 2_000),
    );
    await expectTurns([]);
  });

  it('S3: a key that is no key is refused, and makes no turn', async () => {
    for (const bad of ['', ' ', 'a b', 'a\r\nb', 'a\tb', '\0', 'cl\u00e9', '\u{1F9A6}', 'k'.repeat(129), 'k'.repeat(9_000)]) {
      expect((await post(message, '{"text":"Hi"}', { headers: { 'Idempotency-Key': bad } })).status, bad).toBe(400);
    }
    for (const odd of ['__proto__', 'constructor', '!', '~', '"', '\\', '{}', 'IDEM#1', '../x', "'", 'k'.repeat(128)]) expect((await post(message, JSON.stringify({ text: odd }), { headers: { 'Idempotency-Key': odd } })).status, odd).toBe(200);
    expect((await around.store.transcript('c1', 's1', 0)).turns).toHaveLength(11);
  });
});
