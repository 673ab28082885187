import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { clientOptions } from '../../adapters/aws/client-options.ts';
import { aesGcmCipher } from '../../adapters/cipher/aes-gcm.ts';
import { ENV } from '../../contracts/env.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Model } from '../../domain/answer/ports.ts';
import type { TurnQueue } from '../../domain/conversation/ports.ts';
import type { KnowledgeFile, Retriever } from '../../domain/knowledge/types.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import { optional, required, type Variables } from '../environment.ts';
import { once } from '../once.ts';
import { lazyKeys } from '../ports.ts';
import { now, wait } from './basics.ts';
import { openStore } from './store.ts';

/**
 * Most tokens of a prompt without its question: instructions, the history window (12,000 characters) and the passages, at one token a
 * character, which no script exceeds by much. It is only reserved; the commit settles what was used.
 */
const PROMPT_TOKENS = 24_000;

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

/** Everything that a turn needs. DynamoDB's client is made at once; KMS, the knowledge base and Bedrock are loaded on first use. */
export function turnDependencies(variables: Variables, settings: TurnSettings, role: TurnRole): TurnDependencies & Prefetch {
  const keyArn = required(variables, ENV.subjectKey);
  const model = openModel(variables, settings, role.timeout);
  const keys = once(async () => (await import('../../adapters/kms/subject-keys.ts')).kmsSubjectKeys({ client: clientOptions('interactive'), keyArn, now }));
  const retriever = once(openRetriever);
  return {
    store: openStore(variables, 'interactive'),
    keys: lazyKeys(keys),
    cipher: aesGcmCipher(randomBytes),
    queue: role.queue,
    retriever,
    prefetch: () => {
      // What fails here fails again, and is dealt with, where it is needed.
      for (const load of [keys, retriever]) load().catch(() => undefined);
    },
    ...(model === undefined ? {} : { model }),
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

/** The model and its guardrail, loaded on first use; undefined when replies are quotations. */
export function openModel(variables: Variables, { model, maxMessageCharacters }: TurnSettings, timeout: TurnRole['timeout']): (() => Promise<Model>) | undefined {
  if (model.provider === 'extractive') return undefined;
  const id = optional(variables, ENV.guardrailId);
  const guardrail = id === undefined ? {} : { guardrail: { id, version: required(variables, ENV.guardrailVersion) } };
  return once(async () => {
    const [{ bedrockModel }, { assemblePrompt, PROMPT_VERSION }] = await Promise.all([import('../../adapters/bedrock/model.ts'), import('../../domain/answer/prompt.ts')]);
    return bedrockModel({
      client: clientOptions('model'),
      settings: model,
      timeoutMilliseconds: model[timeout],
      ...guardrail,
      promptVersion: PROMPT_VERSION,
      assemble: assemblePrompt,
      maxInputTokens: PROMPT_TOKENS + maxMessageCharacters,
    });
  });
}
