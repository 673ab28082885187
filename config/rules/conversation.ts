import type { EnvironmentDraft } from '../draft.ts';
import { present } from './rule.ts';
import type { Rule } from './rule.ts';

/** The disclosure can be said to everybody. */
export const defaultLocaleIsDisclosed: Rule = {
  id: 'default-locale-without-disclosure',
  demands: '`conversation.disclosure` has a text for `conversation.defaultLocale`.',
  check: ({ conversation }) => {
    const { defaultLocale, disclosure } = conversation ?? {};
    if (defaultLocale === undefined || disclosure === undefined || Object.hasOwn(disclosure, defaultLocale)) return [];
    const offered = Object.keys(disclosure);
    return [
      {
        path: 'conversation.defaultLocale',
        value: defaultLocale,
        problem: 'There is no disclosure in this locale: a client that asks for no other would not be told that this is an AI.',
        allowed: offered.length === 0 ? 'a locale of `conversation.disclosure`' : `one of ${offered.join(', ')}`,
        mend: `Add \`conversation.disclosure.${defaultLocale}\`, or choose a locale that has one.`,
      },
    ];
  },
};

/**
 * Bytes that the words, ids and origins of an environment may take. They travel in an environment variable of the functions; Lambda allows
 * 4,096 bytes for all variables of a function (AWS Lambda quota), and names, ARNs and the other settings take about 1,800: a test holds
 * that against the templates.
 */
export const WORDS_BYTES = 2_000;

/** Bytes that an order system takes beside its URL and pattern: names, use-case ids, and the variable with the ARN of its secret. */
const ORDER_SYSTEM_BYTES = 250;

/** Bytes that they take, as the function gets them: JSON in UTF-8. */
export function wordsBytes({ api, conversation, integrations, model, useCases }: EnvironmentDraft): number {
  const { disclosure, humanContact } = conversation ?? {};
  const ids = present(useCases?.map((useCase) => useCase?.id));
  const { orders } = integrations ?? {};
  const endpoint = model?.provider === 'openai-compatible' ? [model.baseUrl, model.modelId] : [];
  const words = [disclosure, humanContact, ids, present(api?.embedOrigins), ...(orders === undefined ? [] : [orders.baseUrl, orders.orderNumberPattern]), ...endpoint];
  return new TextEncoder().encode(JSON.stringify(words)).byteLength + (orders === undefined ? 0 : ORDER_SYSTEM_BYTES);
}

/** The words fit into the settings of a function. */
export const wordsFit: Rule = {
  id: 'words-too-long',
  demands: `Disclosures, the human contact, use-case ids, embed origins, the model’s endpoint and the order system take at most ${WORDS_BYTES} bytes in all: functions receive them in 4 KB of environment variables.`,
  check: (environment) => {
    const bytes = wordsBytes(environment);
    if (bytes <= WORDS_BYTES) return [];
    return [
      {
        path: 'conversation.disclosure',
        value: environment.conversation?.disclosure,
        problem: `Disclosures, the human contact, use-case ids, embed origins, the model’s endpoint and the order system take ${bytes} bytes in all, and functions have room for ${WORDS_BYTES}.`,
        allowed: `at most ${WORDS_BYTES} bytes in all (letters outside ASCII take two to four)`,
        mend: 'Shorten the disclosures: a sentence in each locale is enough. Or embed from fewer origins.',
      },
    ];
  },
};
