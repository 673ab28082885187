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
  quotas: option(z
    .strictObject({
      subject: option(z
        .strictObject({
          turnsPerDay: whole(1, 100_000, { description: 'Turns of one subject in a UTC day, over all conversations; then 429 until the next day.', unit: 'turns' }).default(200),
          tokensPerDay: whole(1_000, 1_000_000_000, { description: 'Model tokens of one subject in a UTC day, reserved ones included.', unit: 'tokens' }).default(1_000_000),
          usdPerDay: option(z.number().positive().max(10_000).default(1), { description: 'List price of one subject’s model calls in a UTC day, reserved ones included.', unit: 'USD' }),
        })
        .prefault({}), { description: 'What one data subject may use in a UTC day.' }),
      conversation: option(z
        .strictObject({
          tokens: whole(1_000, 1_000_000_000, { description: 'Model tokens of one conversation; the turn that reaches it is its last.', unit: 'tokens' }).default(500_000),
          usd: option(z.number().positive().max(10_000).default(0.5), { description: 'List price of one conversation’s model calls; the turn that reaches it is its last.', unit: 'USD' }),
        })
        .prefault({}), { description: 'What one conversation may use.' }),
    })
    .prefault({}), { description: 'Limits of use: reserved when a turn is claimed, settled when it is committed.' }),
});

/** What every model is called with. */
const call = {
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
};

/** Hosts that may be called without TLS: this machine, and what a private network names or numbers. */
const PRIVATE_HOST = String.raw`(?:localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|(?:[a-z0-9-]+\.)+internal)`;
const BASE_URL = new RegExp(String.raw`^(?=.{1,200}$)(?:https://[a-z0-9-]+(?:\.[a-z0-9-]+)*|http://${PRIVATE_HOST})(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*$`);

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
      ...call,
    }),
    z.strictObject({
      provider: option(z.literal('openai-compatible'), { description: 'Asks a model behind an endpoint that speaks OpenAI’s chat completions, such as vLLM or Ollama.' }),
      modelId: option(text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$/, 'the name of a model as the endpoint knows it, such as llama3.2:3b'), { description: 'Name of the model, as the endpoint knows it.' }),
      baseUrl: option(text(BASE_URL, 'an https URL such as https://models.example/v1; plain http only for localhost, private addresses and names under .internal'), {
        description: 'Address of the endpoint up to its version; `/chat/completions` is added.',
        mend: 'Write scheme, host, port and path only: no user, no query, no slash at the end.',
      }),
      apiKey: option(z.strictObject({ vendorCredential: option(text(/^[a-z][a-z0-9-]{1,39}$/, 'the name of an entry of `vendorCredentials`'), { description: 'Name of the vendor credential that holds the key.' }) }).optional(), {
        description: 'Where the endpoint’s key lies. Without it the endpoint is called without a key.',
      }),
      processor: option(
        z.strictObject({
          name: option(z.string().min(2).max(120), { description: 'Who runs the endpoint, and so reads what users write: a processor (Article 28 GDPR), or yourselves.' }),
          region: option(region, { description: 'Region in which the endpoint processes, as AWS names the nearest one.' }),
        }),
        { description: 'Who processes what is sent to the endpoint, and where.' },
      ),
      withoutGuardrail: option(z.string().min(20).max(500), {
        description: 'Why replies may leave without the guardrail, which exists for Bedrock only; it is shown to reviewers. The gates of the bot hold for every model.',
        mend: 'Say in a sentence (20 characters or more) what stands in its place, or why nothing has to.',
      }),
      ...call,
    }),
  ]),
  { description: 'Who writes replies: `extractive` quotes the knowledge base and needs no model; the others ask a model and fall back to quoting.' },
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
