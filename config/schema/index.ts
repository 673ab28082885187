import * as z from 'zod';
import { Api, Firewall } from './api.ts';
import { Baseline, Conversation, Guardrail, Knowledge, Model, UseCase } from './conversation.ts';
import { accountConcurrency, Existing, Naming, Responsible } from './estate.ts';
import { Integrations } from './integrations.ts';
import { Alarms, Compliance, DataPolicy, Delivery, Functions, Trail, VendorCredential } from './operations.ts';
import { option, region, text } from './option.ts';
import { Redaction } from './redaction.ts';
import { Staff } from './staff.ts';

/** One environment: everything in which it differs from another. Strict: an unknown key is an error. */
export const Environment = z.strictObject({
  name: option(text(/^[a-z][a-z0-9-]{0,19}$/, '1-20 lower-case letters, digits or hyphens, starting with a letter'), { description: 'Name of the environment; its file has the same name.' }),
  tier: option(z.enum(['development', 'production']), { description: '`production` puts floors under the safety settings; nothing passes them.' }),
  account: option(text(/^\d{12}$/, 'twelve digits'), {
    description: 'AWS account. `000000000000` stands for none yet: it synthesizes, and no credentials can deploy to it.',
    mend: 'Write the account id as a string of twelve digits.',
  }),
  region: option(region, { description: 'AWS region of the whole environment.' }),
  accountConcurrency,
  naming: option(Naming, { description: 'Names, tags and paths that an organisation prescribes.' }),
  responsible: option(Responsible, { description: 'Who answers for the estate.' }),
  existing: option(Existing.prefault({}), { description: 'Resources that exist already, brought by id.' }),
  staff: option(Staff.prefault({}), { description: 'How staff get in.' }),
  api: option(Api.prefault({}), { description: 'The HTTP API.' }),
  firewall: Firewall,
  conversation: option(Conversation, { description: 'The conversation: limits, retention, words.' }),
  model: Model,
  guardrail: Guardrail,
  knowledge: option(Knowledge.prefault({}), { description: 'The knowledge base.' }),
  redaction: option(Redaction.prefault({}), { description: 'How personal data and secrets are recognised.' }),
  useCases: option(z.array(UseCase).min(1).max(20), { description: 'Use-case matrix: bounds what the bot answers, labels metrics, draws the dashboard.' }),
  integrations: option(Integrations.prefault({}), { description: 'Systems of the platform that the bot reads.' }),
  baseline: option(Baseline, { description: 'What support was like before the bot.' }),
  functions: option(Functions.prefault({}), { description: 'Sizes of the functions.' }),
  delivery: Delivery,
  alarms: option(Alarms.prefault({}), { description: 'Alarms and who hears them.' }),
  dataPolicy: option(DataPolicy, { description: 'How long and where personal data is kept.' }),
  vendorCredentials: option(z.array(VendorCredential).max(20).default([]), { description: 'Secrets for systems that the estate calls.' }),
  trail: Trail,
  compliance: option(Compliance.prefault({}), { description: 'Rule packs.' }),
});

/** A validated environment, defaults filled in. */
export type EnvironmentConfig = z.output<typeof Environment>;
/** An environment as it is written in its file. */
export type EnvironmentInput = z.input<typeof Environment>;
export type ExistingConfig = z.output<typeof Existing>;
export type StaffConfig = z.output<typeof Staff>;
export type ApiConfig = z.output<typeof Api>;
export type FirewallConfig = z.output<typeof Firewall>;
export type ConversationConfig = z.output<typeof Conversation>;
export type ModelConfig = z.output<typeof Model>;
export type GuardrailConfig = z.output<typeof Guardrail>;
export type KnowledgeConfig = z.output<typeof Knowledge>;
export type RedactionConfig = z.output<typeof Redaction>;
export type UseCaseConfig = z.output<typeof UseCase>;
export type IntegrationsConfig = z.output<typeof Integrations>;
export type BaselineConfig = z.output<typeof Baseline>;
export type FunctionsConfig = z.output<typeof Functions>;
export type FunctionSize = FunctionsConfig['chat'];
export type DeliveryConfig = z.output<typeof Delivery>;
export type AlarmsConfig = z.output<typeof Alarms>;
export type DataPolicyConfig = z.output<typeof DataPolicy>;
export type VendorCredentialConfig = z.output<typeof VendorCredential>;
