import * as z from 'zod';
import { option, region, safety, text, whole } from './option.ts';

/** Locale: a language, with or without a country. */
const Locale = text(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a locale such as en or de-AT');

/** The conversation: limits, retention, words. */
export const Conversation = z.strictObject({
  retentionDays: whole(1, 3_650, { description: 'Days until a conversation and all its items expire.', unit: 'days', mend: 'Stay at or under `dataPolicy.maxRetentionDays`.' }).default(90),
  maxMessageCharacters: whole(1, 8_000, { description: 'Longest message; longer ones get 413.', unit: 'characters' }).default(4_000),
  maxTurns: whole(2, 1_000, { description: 'Turns before a conversation is closed.', unit: 'turns' }).default(100),
  historyExchanges: whole(0, 20, { description: 'Exchanges of history shown to the model.', unit: 'exchanges' }).default(6),
  idleMinutes: whole(5, 1_440, { description: 'Minutes without a message until a conversation counts as left.', unit: 'minutes' }).default(30),
  tokenMinutes: whole(5, 1_440, { description: 'Life of a conversation token; each reply renews it.', unit: 'minutes' }).default(60),
  interimAfterMilliseconds: whole(200, 1_900, { description: 'Time without content until the client is told `pending`. The promise is two seconds.', unit: 'milliseconds' }).default(1_700),
  defaultLocale: option(Locale.default('en'), { description: 'Locale when a client asks for none that is offered.' }),
  disclosure: option(z.record(Locale, z.string().min(20).max(500)), {
    description: 'The sentence per locale that says that this is an AI (Article 50(1) of the AI Act); every conversation begins with it.',
    mend: 'Give a text of 20-500 characters for each locale, `defaultLocale` included.',
  }),
  humanContact: option(z.string().min(10).max(300), { description: 'How a user reaches a person; said whenever the bot cannot help.' }),
});

/** The answerer. */
export const Model = option(
  z.discriminatedUnion('provider', [
    z.strictObject({ provider: option(z.literal('extractive'), { description: 'Quotes the knowledge base; no model, no price.' }) }),
    z.strictObject({
      provider: option(z.literal('bedrock'), { description: 'Asks a model on Amazon Bedrock.' }),
      modelId: option(text(/^[a-z0-9-]+\.[a-z0-9.:-]+$/, 'a model id such as amazon.nova-lite-v1:0'), { description: 'Foundation model id.' }),
      inferenceProfile: option(
        z.strictObject({
          id: option(text(/^(eu|us|apac|global|jp|au)\.[a-z0-9.:-]+$/, 'a profile id such as eu.amazon.nova-lite-v1:0 (eu, us, apac, jp, au or global)'), { description: 'Inference-profile id that is called, e.g. `eu.…`.' }),
          regions: option(z.array(region).min(1), { description: 'Every region that the profile may route to (its documentation lists them); each gets an exact grant.' }),
        }).optional(),
        { description: 'Cross-region inference profile. Without it the model is called in the environment’s region.' },
      ),
      maxTokens: whole(50, 4_096, { description: 'Longest reply.', unit: 'tokens' }).default(400),
      temperature: option(z.number().min(0).max(1).default(0.2), { description: 'Sampling temperature.' }),
      timeoutSeconds: whole(1, 25, { description: 'Time-out of a model call while the client waits.', unit: 'seconds' }).default(15),
      workerTimeoutSeconds: whole(5, 120, { description: 'Time-out of a model call in the turn worker.', unit: 'seconds' }).default(45),
      price: option(
        z.strictObject({
          inputUsdPer1000: option(z.number().min(0).max(1), { description: 'Price of 1,000 input tokens.', unit: 'USD', mend: 'Write the price of 1,000 tokens; price lists often give that of a million.' }),
          outputUsdPer1000: option(z.number().min(0).max(1), { description: 'Price of 1,000 output tokens.', unit: 'USD', mend: 'Write the price of 1,000 tokens; price lists often give that of a million.' }),
          source: option(z.string().min(5), { description: 'Where the price was read.' }),
          date: option(z.iso.date(), { description: 'When it was read.' }),
        }),
        { description: 'List price: what cost per conversation is computed from.' },
      ),
    }),
  ]),
  { description: 'Who writes replies: `extractive` quotes the knowledge base and needs no model; `bedrock` asks a model and falls back to quoting.' },
);

/** Guardrail on model calls. */
export const Guardrail = safety(
  {
    promptAttackStrength: option(z.enum(['LOW', 'MEDIUM', 'HIGH']).default('HIGH'), { description: 'Strength of the prompt-attack filter on input.' }),
    piiEntities: option(
      z.array(z.enum(['EMAIL', 'PHONE', 'NAME', 'ADDRESS', 'CREDIT_DEBIT_CARD_NUMBER', 'CREDIT_DEBIT_CARD_CVV', 'CREDIT_DEBIT_CARD_EXPIRY', 'PIN', 'PASSWORD', 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'US_SOCIAL_SECURITY_NUMBER', 'UK_NATIONAL_INSURANCE_NUMBER', 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'IP_ADDRESS'])).min(1)
        .default(['EMAIL', 'PHONE', 'CREDIT_DEBIT_CARD_NUMBER', 'CREDIT_DEBIT_CARD_CVV', 'PIN', 'PASSWORD', 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'US_SOCIAL_SECURITY_NUMBER', 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY']),
      { description: 'Entities that are masked in what the model writes.' },
    ),
  },
  'Bedrock guardrail with PII masking and the prompt-attack filter.',
);

/** The knowledge base. */
export const Knowledge = z.strictObject({
  folder: option(text(/^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)*$/i, 'a folder inside the project, such as knowledge/articles').default('knowledge/articles'), { description: 'Folder of the articles, from the project’s root.' }),
  scopeThreshold: option(z.number().min(0).max(1).default(0.35), { description: 'Retrieval score under which a question counts as out of scope.' }),
});

const id = text(/^[a-z][a-z0-9-]{1,39}$/, '2-40 lower-case letters, digits or hyphens, starting with a letter');

/** A row of the use-case matrix. */
export const UseCase = z.strictObject({
  id: option(id, { description: 'Id of the use case; articles, metrics and dashboards carry it.' }),
  title: option(z.string().min(3).max(80), { description: 'Name that people read.' }),
  integrations: option(z.array(id).default([]), { description: 'Systems that it needs beside the knowledge base.' }),
  metrics: option(
    z.strictObject({
      containmentPercent: whole(0, 100, { description: 'Share of conversations that end without a human: the least that is acceptable.', unit: 'percent' }),
      fallbackPercent: whole(0, 100, { description: 'Share of turns answered with a fallback: the most that is acceptable.', unit: 'percent' }),
      satisfaction: option(z.number().min(1).max(5), { description: 'Mean rating: the least that is acceptable.' }),
    }),
    { description: 'Success metrics with their thresholds.' },
  ),
  priority: option(
    z.strictObject({
      contactsPerMonth: whole(0, 100_000_000, { description: 'Contacts of this kind in a month, before the bot.', unit: 'contacts' }),
      simplicity: whole(1, 5, { description: '5: one article answers it. 1: judgement and several systems.' }),
    }),
    { description: 'What its priority is computed from: volume times simplicity.' },
  ),
});

/** What support cost before the bot. */
export const Baseline = z.strictObject({
  contactsPerMonth: whole(1, 100_000_000, { description: 'Contacts in a month before the bot.', unit: 'contacts' }),
  costPerContactUsd: option(z.number().positive(), { description: 'Cost of one contact before the bot.', unit: 'USD' }),
  satisfaction: option(z.number().min(1).max(5), { description: 'Mean satisfaction before the bot.' }),
  source: option(z.string().min(5), { description: 'Where the figures come from.' }),
  date: option(z.iso.date(), { description: 'When they were taken.' }),
});
