import { describe, expect, it } from 'vitest';
import { Model } from '../../config/schema/conversation.ts';
import { ENDPOINT, pathsOf, problemsIn, sample } from './sample.ts';

const accepted = (over: object): boolean => Model.safeParse({ ...ENDPOINT, ...over }).success;

describe('the address of an endpoint', () => {
  it.each(['https://models.example/v1', 'https://models.example', 'https://a-b.models.example:8443/openai/v1', 'http://127.0.0.1:11434/v1', 'http://localhost:8000/v1', 'http://10.0.3.7/v1', 'http://192.168.1.2:8000/v1', 'http://172.16.0.1/v1', 'http://172.31.255.1/v1', 'http://vllm.models.internal:8000/v1'])('may be %s', (baseUrl) => {
    expect(accepted({ baseUrl })).toBe(true);
  });

  it.each([
    'http://models.example/v1',
    'http://127.0.0.1.evil.example/v1',
    'http://localhost.evil.example/v1',
    'http://models.internal.evil.example/v1',
    'http://internal/v1',
    'http://172.32.0.1/v1',
    'http://11.0.0.1/v1',
    'https://user:secret@models.example/v1',
    'https://models.example/v1?key=secret',
    'https://models.example/v1#x',
    'https://models.example/v1/',
    'https://models.example//v1',
    'ftp://models.example/v1',
    'models.example/v1',
    'https://',
    `https://models.example/${'x'.repeat(200)}`,
    'https://models.example/v1\n',
  ])('may not be %j', (baseUrl) => {
    expect(accepted({ baseUrl })).toBe(false);
  });
});

describe('a model behind an endpoint', () => {
  it('stands in for the one on Bedrock, in production too', () => {
    expect(pathsOf('prod', { model: ENDPOINT })).toEqual([]);
    expect(pathsOf('dev', { model: { ...ENDPOINT, baseUrl: 'http://127.0.0.1:11434/v1' } })).toEqual([]);
  });

  it('says in words why it does without the guardrail, and who processes what is sent to it', () => {
    const { withoutGuardrail: _, processor: _who, ...silent } = ENDPOINT;
    const problems = problemsIn(sample('dev', { model: silent }));
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['model.processor', 'model.withoutGuardrail']);
    expect(problems.find(({ path }) => path === 'model.withoutGuardrail')?.mend).toContain('without the guardrail');
    expect(pathsOf('dev', { model: { ...ENDPOINT, withoutGuardrail: 'because' } })).toEqual(['model.withoutGuardrail']);
  });

  it('counts its address among the words that must fit', () => {
    const words = { 'conversation.humanContact': 'x'.repeat(300), 'conversation.disclosure': { en: 'x'.repeat(500), de: 'x'.repeat(500), fr: 'x'.repeat(300) } };
    expect(pathsOf('dev', { ...words, model: ENDPOINT })).toEqual([]);
    expect(pathsOf('dev', { ...words, model: { ...ENDPOINT, baseUrl: `https://models.example/${'x'.repeat(170)}`, modelId: 'x'.repeat(120) } })).toEqual(['conversation.disclosure']);
  });

  it.each(['key', 'apiKey', 'token'])('takes no key in config: %s', (name) => {
    expect(accepted({ [name]: 'sk-invented-0123456789' })).toBe(false);
  });
});
