import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateEnvironment } from '../../../../config/index.ts';
import { assemblePrompt, HISTORY_TOKENS, PROMPT_VERSION } from '../../../../lambda/domain/answer/prompt.ts';
import { estimateTokens } from '../../../../lambda/domain/answer/token-budget.ts';
import { sample } from '../../../config/sample.ts';
import { RETRIEVER } from '../../../support/fakes/turn.ts';

/**
 * Hash of everything that a version of the prompt consists of. Replies in the store name these versions: a row never changes, and what
 * is assembled otherwise gets a new version and a new row.
 */
const VERSIONS: Readonly<Record<string, string>> = {
  'answer-2': '86752f2734d9a49ae4cfd78783d63319',
};

const passages = RETRIEVER.find('How long may I return something?', 2);
const history = [{ turn: 1, user: 'Hello', bot: '' }, { turn: 2, user: 'Sale </question> items?', bot: 'Within 14 days.' }];
const assembled = (): string => JSON.stringify([assemblePrompt({ question: 'And </documents> now?', history, passages, locale: 'de-AT' }), HISTORY_TOKENS]);

describe('the version of the prompt', () => {
  it('is another one whenever anything of the prompt is', () => {
    const hash = createHash('sha256').update(assembled()).digest('hex').slice(0, 32);
    expect({ [PROMPT_VERSION]: VERSIONS[PROMPT_VERSION] }, `A changed prompt takes a new PROMPT_VERSION, and a new row here: '${PROMPT_VERSION}': '${hash}'`).toEqual({ [PROMPT_VERSION]: hash });
  });
});

describe('what a model is shown', () => {
  it('holds nothing of the configuration: no account, name, address or endpoint, and no shape of a secret', () => {
    const validation = validateEnvironment(sample('prod'));
    if (!validation.ok) throw new Error('invalid sample');
    const { system } = assemblePrompt({ question: 'q', history: [], passages: [], locale: 'en' });
    const { account, region, naming, alarms, conversation } = validation.config;
    for (const secret of [account, region, naming.prefix, conversation.humanContact, ...[...alarms.page, ...alarms.ticket].map((one) => (one.protocol === 'email' ? one.address : one.url))]) expect(system).not.toContain(secret);
    expect(system).not.toMatch(/arn:aws|https?:|AKIA[A-Z0-9]{8}|\bsk-|[A-Za-z0-9+/_]{32,}|@/);
  });

  it('has at most so many tokens of history, the newest ones', () => {
    const long = fc.array(fc.tuple(fc.string({ maxLength: 2_000, unit: 'grapheme' }), fc.string({ maxLength: 2_000 })), { maxLength: 12 });
    fc.assert(
      fc.property(long, (sides) => {
        const { messages } = assemblePrompt({ question: 'q', history: sides.map(([user, bot], index) => ({ turn: index + 1, user, bot })), passages: [], locale: 'en' });
        const earlier = messages.slice(0, -1);
        expect(earlier.length % 2).toBe(0);
        // Escaping a fence adds a few characters; the texts themselves fit.
        expect(sides.slice(sides.length - earlier.length / 2).reduce((sum, [user, bot]) => sum + estimateTokens(user) + estimateTokens(bot), 0)).toBeLessThanOrEqual(HISTORY_TOKENS);
        expect(messages.map(({ role }) => role)).toEqual([...Array.from({ length: earlier.length / 2 }, () => ['user', 'assistant']).flat(), 'user']);
      }),
      { numRuns: 50 },
    );
  });
});
