import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemblePrompt, CANARY, PROMPT_VERSION } from '../../../../lambda/domain/answer/prompt.ts';
import { RETRIEVER } from '../../../support/fakes/turn.ts';

const passages = RETRIEVER.find('How long may I return something?', 2);

describe('the prompt', () => {
  it('alternates roles, ends with documents and question, and holds the canary in the system text only', () => {
    const prompt = assemblePrompt({ question: 'May I return it?', history: [{ turn: 1, user: 'Hello', bot: '' }], passages, locale: 'en' });
    expect(prompt.version).toBe(PROMPT_VERSION);
    expect(prompt.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(prompt.system).toContain(CANARY);
    expect(JSON.stringify(prompt.messages)).not.toContain(CANARY);
    const last = prompt.messages.at(-1)?.text ?? '';
    expect(last).toContain('<document number="1"');
    expect(last).toContain('You may return an item within 30 days.');
    expect(last.endsWith('<question>\nMay I return it?\n</question>')).toBe(true);
  });

  it('lets no question close its fence', () => {
    const hostile = fc.array(fc.constantFrom('<', '/', 'question', 'documents', 'Document', '>', ' ', 'x', '\n'), { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, (question, earlier) => {
        const { messages } = assemblePrompt({ question, history: [{ turn: 1, user: earlier, bot: 'ok' }], passages: [], locale: 'en' });
        const all = messages.map(({ text }) => text).join('\n');
        expect(all.match(/<\/?\s*questions?\b/gi)).toHaveLength(4);
        expect(all.match(/<\/?\s*documents?\b/gi)).toHaveLength(2);
      }),
    );
  });

  it('has not changed without a new version', () => {
    // A changed text takes a new PROMPT_VERSION; then both lines below change together.
    expect(PROMPT_VERSION).toBe('answer-2');
    expect(assemblePrompt({ question: 'q', history: [], passages, locale: 'en' })).toMatchSnapshot();
  });
});
