import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CreateConversationRequest, FeedbackRequest, SendMessageRequest } from '../../../../lambda/contracts/api.ts';
import { MAX_BODY_BYTES } from '../../../../lambda/contracts/limits.ts';
import { parseBody } from '../../../../lambda/runtime/http/body.ts';
import { duplicateKey } from '../../../../lambda/runtime/http/duplicate-keys.ts';
import { jsonEvent, proxyEvent } from './events.ts';

const send = (body: unknown, over = {}) => parseBody(jsonEvent(body, over), SendMessageRequest);
const problem = (result: { kind: string; problem?: { status: number; errors?: unknown } }) => [result.problem?.status, result.problem?.errors];

describe('request body', () => {
  it('takes any text unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }), (text) => {
        if (!text.includes('\ufffd')) expect(send({ text })).toEqual({ kind: 'ok', value: { text } });
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

  it.each([
    ['{"text":"a","text":"b"}', 'text'],
    ['{"text":"a","\\u0074ext":"b"}', 'text'],
    ['{ "text" : "a" , "text" : "a" }', 'text'],
    ['{"text":"a","x":{"y":[{"z":1,"z":2}]}}', 'z'],
    ['{"":1,"":2}', 'body'],
  ])('refuses a name that stands twice: %s', (body, field) => {
    expect(problem(send(body))).toEqual([400, [{ field, rule: 'must stand there once' }]]);
  });

  it('takes a text that only looks as if names stood twice', () => {
    const text = '{"text":1,"text":2} \\" text: "text"';
    expect(send({ text })).toEqual({ kind: 'ok', value: { text } });
    expect(duplicateKey('[{"a":1},{"a":{"a":"a"}},"a",["a","a"]]')).toBeUndefined();
  });

  it('finds a name twice as a reader that keeps both would', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), tie('object'), fc.array(tie('value'), { maxLength: 3 })),
      object: fc.array(fc.tuple(fc.string({ maxLength: 2 }), tie('value')), { maxLength: 4 }).map((entries) => ({ entries })),
    })).object;
    const write = (value: unknown): { text: string; twice: boolean } => {
      if (Array.isArray(value)) return joined(value.map(write), '[', ']');
      if (typeof value !== 'object' || value === null) return { text: JSON.stringify(value), twice: false };
      const { entries } = value as { entries: [string, unknown][] };
      const whole = joined(entries.map(([name, inner]) => ({ ...write(inner), text: `${JSON.stringify(name)} : ${write(inner).text}` })), '{', '}');
      return { ...whole, twice: whole.twice || new Set(entries.map(([name]) => name)).size < entries.length };
    };
    const joined = (parts: { text: string; twice: boolean }[], start: string, end: string) => ({ text: start + parts.map(({ text }) => text).join(' ,') + end, twice: parts.some(({ twice }) => twice) });
    fc.assert(fc.property(json, (value) => {
      const { text, twice } = write(value);
      expect(duplicateKey(text) !== undefined).toBe(twice);
    }));
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

  it('refuses a byte order mark, as JSON does', () => {
    expect(problem(parseBody(jsonEvent(Buffer.from('\ufeff{"text":"a"}').toString('base64'), { isBase64Encoded: true }), SendMessageRequest))[0]).toBe(400);
  });

  it('takes U+FFFD from bytes, and from text only where it was escaped: a gateway writes it for what is no UTF-8', () => {
    const taken = { kind: 'ok', value: { text: '\ufffd' } };
    expect(parseBody(jsonEvent(Buffer.from('{"text":"\ufffd"}').toString('base64'), { isBase64Encoded: true }), SendMessageRequest)).toEqual(taken);
    expect(parseBody(jsonEvent('{"text":"\\ufffd"}'), SendMessageRequest)).toEqual(taken);
    expect(problem(parseBody(jsonEvent('{"text":"\ufffd"}'), SendMessageRequest))).toEqual([400, [{ field: 'body', rule: 'it is not valid UTF-8, or holds U+FFFD other than as \\ufffd' }]]);
  });

  it.each([undefined, 'text/plain', 'application/json; charset=latin1', 'application/problem+json', 'multipart/form-data; boundary=x', ''])('refuses the content type %j', (type) => {
    expect(problem(parseBody(proxyEvent({ httpMethod: 'POST', headers: type === undefined ? null : { 'content-type': type }, body: '{"text":"a"}' }), SendMessageRequest))[0]).toBe(415);
  });
  it.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"', 'application/json; profile=x'])('takes the content type %j', (type) => {
    expect(parseBody(proxyEvent({ httpMethod: 'POST', headers: { 'CONTENT-TYPE': type }, body: '{"text":"a"}' }), SendMessageRequest).kind).toBe('ok');
  });
});
