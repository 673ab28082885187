import { describe, expect, it } from 'vitest';
import { corsHeaders, json, noContent, problemResult } from '../../../../lambda/runtime/http/response.ts';
import { acceptsStream, encodeEvent } from '../../../../lambda/runtime/http/server-sent-events.ts';
import { route } from '../../../../lambda/runtime/http/router.ts';
import { CONTEXT, proxyEvent } from './events.ts';

describe('answers', () => {
  it('carry the security headers, all of them', () => {
    for (const result of [json(200, {}), noContent(), problemResult({ type: 'x', title: 'x', status: 404 })]) {
      expect(result.headers).toMatchObject({
        'Cache-Control': 'no-store',
        'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
        'Strict-Transport-Security': expect.stringMatching(/^max-age=\d{8,}/),
        'X-Content-Type-Options': 'nosniff',
      });
    }
  });
  it('send a problem as RFC 9457 wants, with whole seconds to wait', () => {
    const result = problemResult({ type: '/problems/x', title: 'X', status: 503 }, 0.2);
    expect([result.status, result.headers['Content-Type'], result.headers['Retry-After']]).toEqual([503, 'application/problem+json', '1']);
    expect(problemResult({ type: 'x', title: 'x', status: 400 }).headers).not.toHaveProperty('Retry-After');
  });
});

describe('CORS', () => {
  const origins = ['https://shop.example'];
  it('lets pages of a listed origin read the answer and its token', () => {
    expect(corsHeaders(proxyEvent({ headers: { origin: 'https://shop.example' } }), origins)).toEqual({ Vary: 'Origin', 'Access-Control-Allow-Origin': 'https://shop.example', 'Access-Control-Expose-Headers': 'Conversation-Token, Retry-After' });
  });
  it.each(['https://evil.example', 'https://shop.example.evil.example', 'http://shop.example', 'null', undefined])('lets no other origin: %s', (origin) => {
    expect(corsHeaders(proxyEvent({ headers: { Origin: origin } }), origins)).toEqual({ Vary: 'Origin' });
  });
  it('adds nothing where nothing is listed', () => {
    expect(corsHeaders(proxyEvent({ headers: { Origin: 'https://shop.example' } }), [])).toEqual({});
  });
});

describe('server-sent events', () => {
  it.each([
    ['text/event-stream', true],
    ['application/json, text/event-stream;q=0.9', true],
    ['TEXT/EVENT-STREAM', true],
    ['text/event-stream;q=0', false],
    ['application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('Accept %s asks for a stream: %s', (accept, expected) => {
    expect(acceptsStream(proxyEvent({ headers: { Accept: accept } }))).toBe(expected);
  });
  it('keeps an event in one piece whatever its text', () => {
    const text = 'a\n\nevent: error\ndata: {}\r\n\u2028"';
    const wire = encodeEvent({ event: 'delta', data: { text } });
    expect(wire.split(/\r\n|\r|\n/)).toHaveLength(5 - 1);
    expect(JSON.parse(wire.split('\n')[1]?.slice('data: '.length) ?? '')).toEqual({ text });
    expect(wire.startsWith('event: delta\ndata: ') && wire.endsWith('\n\n')).toBe(true);
  });
});

describe('router', () => {
  const router = route({ getHealth: async () => json(200, 'health'), getConversation: async () => json(200, 'conversation') });
  it('finds an operation by method and declared path', async () => {
    expect((await router(proxyEvent(), CONTEXT)).body).toBe('"health"');
    expect((await router(proxyEvent({ resource: '/v1/conversations/{id}', path: '/v1/conversations/c1' }), CONTEXT)).body).toBe('"conversation"');
  });
  it.each([{ httpMethod: 'POST' }, { resource: '/v1/nothing' }, { resource: '/v1/conversations/c1' }, { resource: '__proto__' }, { httpMethod: 'get' }])('answers 404 to %j', async (over) => {
    expect((await router(proxyEvent(over), CONTEXT)).status).toBe(404);
  });
});
