import { clientOptions } from '../../adapters/aws/client-options.ts';
import { ENV } from '../../contracts/env.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import { CHECK_SUBJECT } from '../../contracts/store.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import { required, type Variables } from '../environment.ts';
import { now } from './basics.ts';
import { openModel } from './turn.ts';

/** Longest answer that the check lets the model write, in tokens: enough to see that it answers. */
const ANSWER_TOKENS = 16;
/** Milliseconds after which a model that has not answered counts as slow, which stops no release. */
const MODEL_MILLISECONDS = 5_000;

/**
 * Reaches what a turn depends on, in the way that a turn does: both tables, the knowledge base beside the bundle, the subject key, and the
 * model with its guardrail where one is configured. It writes nothing. Queue and writes are left out: there is no harmless one.
 * @throws when something cannot be reached, or the model refuses to be asked
 */
export async function checkTurn(variables: Variables, settings: TurnSettings, { store, retriever }: Pick<TurnDependencies, 'store' | 'retriever'>): Promise<void> {
  await Promise.all([store.load(CHECK_SUBJECT, CHECK_SUBJECT, CHECK_SUBJECT), retriever(), checkSubjectKey(required(variables, ENV.subjectKey)), checkModel(variables, settings)]);
}

/** Makes a data key and opens it again. Twice an adapter, because one keeps the keys that it made and would not ask KMS to open them. */
async function checkSubjectKey(keyArn: string): Promise<void> {
  const { kmsSubjectKeys } = await import('../../adapters/kms/subject-keys.ts');
  const options = { client: clientOptions('interactive'), keyArn, now };
  const { wrapped } = await kmsSubjectKeys(options).create(CHECK_SUBJECT, 0);
  await kmsSubjectKeys(options).open(wrapped);
}

async function checkModel(variables: Variables, settings: TurnSettings): Promise<void> {
  if (settings.model.provider === 'extractive') return;
  const model = openModel(variables, { ...settings, model: { ...settings.model, maxTokens: ANSWER_TOKENS, timeoutMilliseconds: MODEL_MILLISECONDS } }, 'timeoutMilliseconds');
  if (model === undefined) return;
  const { probeModel } = await import('../../adapters/bedrock/probe.ts');
  await probeModel(await model(), AbortSignal.timeout(MODEL_MILLISECONDS));
}
