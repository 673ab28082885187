import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { clientOptions } from '../../adapters/aws/client-options.ts';
import { aesGcmCipher } from '../../adapters/cipher/aes-gcm.ts';
import type { OpenAiCompatibleOptions } from '../../adapters/openai/model.ts';
import { ENV } from '../../contracts/env.ts';
import type { BedrockSettings, OpenAiCompatibleSettings, TurnSettings } from '../../contracts/settings.ts';
import type { Model } from '../../domain/answer/ports.ts';
import type { TurnQueue } from '../../domain/conversation/ports.ts';
import type { KnowledgeFile, Retriever } from '../../domain/knowledge/types.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import { optional, required, type Variables } from '../environment.ts';
import { guarded } from '../guarded.ts';
import { once } from '../once.ts';
import { lazyKeys } from '../ports.ts';
import { serviceOptions } from '../service-options.ts';
import { now, wait } from './basics.ts';
import { guardModel, openGuard } from './guards.ts';
import { openOrders } from './orders.ts';
import { openStore } from './store.ts';

/** What distinguishes the two functions that answer turns. */
export interface TurnRole {
  readonly queue: TurnQueue;
  /** Which of the model's time-outs is used. */
  readonly timeout: 'timeoutMilliseconds' | 'workerTimeoutMilliseconds';
  readonly release: string;
}

/** Loads what a turn will need while something else is waited for. */
export interface Prefetch {
  readonly prefetch: () => void;
}

/** Everything that a turn needs. DynamoDB's client is made at once; KMS, the knowledge base and the model are loaded on first use. */
export function turnDependencies(variables: Variables, settings: TurnSettings, role: TurnRole): TurnDependencies & Prefetch {
  const keyArn = required(variables, ENV.subjectKey);
  const profile = role.timeout === 'timeoutMilliseconds' ? 'interactive' : 'patient';
  const model = openModel(variables, settings, role.timeout);
  const orders = openOrders(variables, settings);
  const keys = once(async () => (await import('../../adapters/kms/subject-keys.ts')).kmsSubjectKeys({ client: serviceOptions(variables, 'kms', profile), keyArn, now, guard: openGuard('keys', profile) }));
  const retriever = once(openRetriever);
  // The gate compiles while the store is waited for, and not on the way of a reply's first words.
  const gate = once(async () => (await import('../../domain/answer/warm-gate.ts')).warmGate());
  return {
    store: guarded(openStore(variables, profile), openGuard('store', profile)),
    keys: lazyKeys(keys),
    cipher: aesGcmCipher(randomBytes),
    queue: role.queue,
    retriever,
    prefetch: () => {
      // What fails here fails again, and is dealt with, where it is needed.
      for (const load of [keys, retriever, ...(model === undefined ? [] : [gate])]) load().catch(() => undefined);
    },
    ...(model === undefined ? {} : { model }),
    ...(orders === undefined ? {} : { orders }),
    settings,
    release: role.release,
    now,
    newId: () => randomUUID(),
    wait,
  };
}

/** The knowledge base lies beside the bundle, whose files all lie in one folder. */
async function openRetriever(): Promise<Retriever> {
  const [{ openKnowledge }, text] = await Promise.all([import('../../domain/knowledge/retriever.ts'), readFile(new URL('./knowledge.json', import.meta.url), 'utf8')]);
  const file: KnowledgeFile = JSON.parse(text);
  return openKnowledge(file);
}

/** The model, loaded on first use; undefined when replies are quotations. */
export function openModel(variables: Variables, settings: TurnSettings, timeout: TurnRole['timeout']): (() => Promise<Model>) | undefined {
  const { model } = settings;
  if (model.provider === 'extractive') return undefined;
  return once(async () => {
    const { assemblePrompt, PROMPT_VERSION } = await import('../../domain/answer/prompt.ts');
    const common = { timeoutMilliseconds: model[timeout], promptVersion: PROMPT_VERSION, assemble: assemblePrompt };
    return guardModel(await (model.provider === 'bedrock' ? openBedrock(variables, model, timeout, common) : openEndpoint(variables, model, common)));
  });
}

type Common = Omit<OpenAiCompatibleOptions, 'settings' | 'key'>;

/** Only the chat function shows text as it comes. */
async function openBedrock(variables: Variables, settings: BedrockSettings, timeout: TurnRole['timeout'], common: Common): Promise<Model> {
  const { bedrockModel } = await import('../../adapters/bedrock/model.ts');
  const id = optional(variables, ENV.guardrailId);
  const guardrail = id === undefined ? {} : { guardrail: { id, version: required(variables, ENV.guardrailVersion) } };
  return bedrockModel({ ...common, client: clientOptions('model'), settings, delivery: timeout === 'timeoutMilliseconds' ? 'stream' : 'whole', ...guardrail });
}

async function openEndpoint(variables: Variables, settings: OpenAiCompatibleSettings, common: Common): Promise<Model> {
  const { openAiCompatibleModel } = await import('../../adapters/openai/model.ts');
  const secretArn = optional(variables, ENV.modelKeySecret);
  if (secretArn === undefined) return openAiCompatibleModel({ ...common, settings });
  const { cachedSecret } = await import('../../adapters/secrets/cached-secret.ts');
  return openAiCompatibleModel({ ...common, settings, key: cachedSecret({ client: serviceOptions(variables, 'secrets', 'interactive'), secretArn, now, guard: openGuard('secrets', 'interactive') }) });
}
