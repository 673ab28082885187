import { ENV } from '../../contracts/env.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import { CHECK_SUBJECT } from '../../contracts/store.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import { required, type Variables } from '../environment.ts';
import { probeModel } from '../probe-model.ts';
import { serviceOptions } from '../service-options.ts';
import { now } from './basics.ts';
import { openModel, type TurnRole } from './turn.ts';

/** Longest answer that the check lets the model write, in tokens: enough to see that it answers. */
const ANSWER_TOKENS = 16;
/** Milliseconds after which a model that has not answered counts as slow, which stops no release. */
const MODEL_MILLISECONDS = 5_000;

/**
 * Reaches what a turn depends on, in the way that a turn does: both tables, the knowledge base beside the bundle, the subject key, and the
 * model with its guardrail and key where one is configured. It writes nothing. Queue and writes are left out: there is no harmless one.
 * @param role which function asks: each calls the model by another action
 * @throws when something cannot be reached, or the model refuses to be asked
 */
export async function checkTurn(variables: Variables, settings: TurnSettings, { store, retriever }: Pick<TurnDependencies, 'store' | 'retriever'>, role: TurnRole['timeout']): Promise<void> {
  await Promise.all([store.load(CHECK_SUBJECT, CHECK_SUBJECT, CHECK_SUBJECT), retriever(), checkSubjectKey(variables), checkModel(variables, settings, role)]);
}

/** Makes a data key and opens it again. Twice an adapter, because one keeps the keys that it made and would not ask KMS to open them. */
async function checkSubjectKey(variables: Variables): Promise<void> {
  const { kmsSubjectKeys } = await import('../../adapters/kms/subject-keys.ts');
  const options = { client: serviceOptions(variables, 'kms', 'patient'), keyArn: required(variables, ENV.subjectKey), now };
  const { wrapped } = await kmsSubjectKeys(options).create(CHECK_SUBJECT, 0);
  await kmsSubjectKeys(options).open(wrapped);
}

async function checkModel(variables: Variables, settings: TurnSettings, role: TurnRole['timeout']): Promise<void> {
  if (settings.model.provider === 'extractive') return;
  const brief = { ...settings.model, maxTokens: ANSWER_TOKENS, timeoutMilliseconds: MODEL_MILLISECONDS, workerTimeoutMilliseconds: MODEL_MILLISECONDS };
  const model = openModel(variables, { ...settings, model: brief }, role);
  if (model !== undefined) await probeModel(await model(), AbortSignal.timeout(MODEL_MILLISECONDS));
}
