import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CreateConversationRequest, FeedbackRequest, SendMessageRequest } from '../../../../lambda/contracts/api.ts';
import { MAX_BODY_BYTES } from '../../../../lambda/contracts/limits.ts';
import { parseBody } from '../../../../lambda/runtime/http/body.ts';
import { jsonEvent, proxyEvent } from './events.ts';

const send = (body: unknown, over = {}) => parseBody(jsonEvent(body, over), SendMessageRequest);
const problem = (result: { kind: string; problem?: { status: number; errors?: unknown } }) => [result.problem?.status, result.problem?.errors];

describe('request body', () => {
  it('takes any text unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }), (text) => {
        expect(send({ text })).toEqual({ kind: 'ok', value: { text } });
        expect(parseBody(jsonEvent(Buffer.from(JSON.stringify({ text })).toString('base64'), { isBase64Encoded: true }), SendMessageRequest)).toEqual({ kind: 'ok', value: { text } });
      }),
    );
  });

  it('never throws, whatever the body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.jsonValue().map((value) => JSON.stringify({ text: value }))), fc.boolean(), (body, isBase64Encoded) => {
        for (const schema of [SendMessageRequest, CreateConversationRequest, FeedbackRequest]) {
          const result = parseBody<unknown>(jsonEvent(body, { isBase64Encoded }), schema);
          if (result.kind === 'problem') expect(result.problem.status).toBe(400);
        }
      }),
    );
  });

  it.each([
    [{}, [{ field: 'text', rule: 'must be a string' }]],
    [{ text: '' }, [{ field: 'text', rule: 'must have at least 1 characters' }]],
    [{ text: 1 }, [{ field: 'text', rule: 'must be a string' }]],
    [{ text: 'a', extra: 1, more: 2 }, [{ field: 'extra', rule: 'is no field of this request' }, { field: 'more', rule: 'is no field of this request' }]],
    [[], [{ field: 'body', rule: 'must be an object' }]],
    ['null', [{ field: 'body', rule: 'must be an object' }]],
    ['{"text":"a","__proto__":{"x":1}}', [{ field: '__proto__', rule: 'is no field of this request' }]],
    ['{"text":"a","constructor":1}', [{ field: 'constructor', rule: 'is no field of this request' }]],
    ['{"text":"\\ud800"}', [{ field: 'text', rule: 'must not contain half of a surrogate pair' }]],
    ['{"text":"a","\\udc00":1}', [{ field: '\ufffd', rule: 'is no field of this request' }]],
  ])('names field and rule of %j', (body, errors) => {
    expect(problem(send(body))).toEqual([400, errors]);
  });

  it.each([
    [{ rating: 6 }, { field: 'rating', rule: 'must be at most 5' }],
    [{ rating: 0 }, { field: 'rating', rule: 'must be at least 1' }],
    [{ rating: 1.5 }, { field: 'rating', rule: 'must be a whole number' }],
    [{ rating: 3, comment: 'x'.repeat(2_001) }, { field: 'comment', rule: 'must have at most 2000 characters' }],
    [{ rating: 3, resolved: 'yes' }, { field: 'resolved', rule: 'must be a boolean' }],
  ])('names the rule that feedback %j broke', (body, error) => {
    expect(problem(parseBody(jsonEvent(body), FeedbackRequest))).toEqual([400, [error]]);
  });

  it('says a format’s rule in words', () => {
    expect(problem(parseBody(jsonEvent({ locale: 'deutsch!' }), CreateConversationRequest))).toEqual([400, [{ field: 'locale', rule: 'must be a BCP 47 language tag such as "en" or "de-CH"' }]]);
  });

  it.each(['{', '{"text":"a"', '{"text":"a"}x', "{'text':'a'}", '\u0000', 'NaN'])('refuses broken JSON: %j', (body) => {
    expect(problem(send(body))[0]).toBe(400);
  });

  it('refuses an empty body, unless all of it is optional', () => {
    expect(problem(parseBody(proxyEvent({ httpMethod: 'POST', headers: { 'Content-Type': 'application/json' }, body: '' }), SendMessageRequest))).toEqual([400, [{ field: 'body', rule: 'it is empty' }]]);
    expect(parseBody(proxyEvent({ httpMethod: 'POST' }), CreateConversationRequest, { optional: true })).toEqual({ kind: 'ok', value: {} });
  });

  it('refuses nesting of any depth without running out of stack', () => {
    const depth = MAX_BODY_BYTES / 2 - 10;
    expect(problem(send('['.repeat(depth) + ']'.repeat(depth)))[0]).toBe(400);
    expect(problem(send(`{"text":${'['.repeat(depth - 10)}${']'.repeat(depth - 10)}}`))[0]).toBe(400);
    expect(problem(send(`{"a":`.repeat(5_000) + '1' + '}'.repeat(5_000)))[0]).toBe(400);
  });

  it('refuses a body over the limit, counted in bytes, before anything else', () => {
    expect(problem(send('x'.repeat(MAX_BODY_BYTES + 1), { headers: {} }))[0]).toBe(413);
    expect(problem(send({ text: 'ä'.repeat(MAX_BODY_BYTES / 2) }))[0]).toBe(413);
    expect(problem(parseBody(jsonEvent(Buffer.alloc(MAX_BODY_BYTES + 1, 'x').toString('base64'), { isBase64Encoded: true }), SendMessageRequest))[0]).toBe(413);
    const fits = JSON.stringify({ text: 'x'.repeat(MAX_BODY_BYTES - 11) });
    expect(Buffer.byteLength(fits)).toBe(MAX_BODY_BYTES);
    expect(send(fits).kind).toBe('ok');
  });

  it('refuses bytes that are no UTF-8', () => {
    const body = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]).toString('base64');
    expect(problem(parseBody(jsonEvent(body, { isBase64Encoded: true }), SendMessageRequest))).toEqual([400, [{ field: 'body', rule: 'it is not valid UTF-8' }]]);
  });

  it.each([undefined, 'text/plain', 'application/json; charset=latin1', 'application/problem+json', 'multipart/form-data; boundary=x', ''])('refuses the content type %j', (type) => {
    expect(problem(parseBody(proxyEvent({ httpMethod: 'POST', headers: type === undefined ? null : { 'content-type': type }, body: '{"text":"a"}' }), SendMessageRequest))[0]).toBe(415);
  });
  it.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"', 'application/json; profile=x'])('takes the content type %j', (type) => {
    expect(parseBody(proxyEvent({ httpMethod: 'POST', headers: { 'CONTENT-TYPE': type }, body: '{"text":"a"}' }), SendMessageRequest).kind).toBe('ok');
  });
});
