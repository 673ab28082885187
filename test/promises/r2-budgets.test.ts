import { beforeAll, describe, expect, it } from 'vitest';
import { environmentNames, loadEnvironment } from '../../config/index.ts';
import { CHAT_MARGIN_SECONDS, WORKER_MARGIN_SECONDS } from '../../config/rules/time-outs.ts';
import * as budgets from '../../lambda/contracts/budgets.ts';
import type { TurnSettings } from '../../lambda/contracts/settings.ts';
import { MAX_TURN_MINUTES } from '../../lambda/domain/conversation/sweep.ts';
import { RESERVED_MILLISECONDS } from '../../lambda/domain/turn/ask-model.ts';
import { isTooLate } from '../../lambda/handlers/chat/shed.ts';
import { resourcesOf, type Found } from '../support/assembly.ts';
import { figure } from '../support/promise.ts';

const { BREAKERS, CALLS_BEFORE_CONTENT, CLOSING_MILLISECONDS, EXIT_MILLISECONDS, FIRST_CONTENT_MILLISECONDS, KNOWLEDGE_MILLISECONDS, longestCall, VISIBILITY_TIMEOUTS, WORKER_CALLS } = budgets;

/** Calls of a turn that is handed over, or closed: the most that may follow the model. */
const CLOSING_CALLS = 3;

interface Estate {
  readonly chat: { readonly timeout: number; readonly settings: TurnSettings };
  readonly worker: { readonly timeout: number; readonly settings: TurnSettings };
  readonly authorizer: { readonly timeout: number };
  /** Seconds that the gateway gives each integration of the API. */
  readonly gateway: readonly number[];
  readonly queue: { readonly visibility: number; readonly deliveries: number };
}

async function estateOf(environment: string): Promise<Estate> {
  const functions = await resourcesOf(environment, 'AWS::Lambda::Function');
  const named = (name: string): Found => {
    const found = functions.filter(({ properties }) => String(properties.FunctionName).endsWith(`-${name}`));
    if (found.length !== 1) throw new Error(`${environment} has ${found.length} functions ${name}.`);
    return found[0] as Found;
  };
  const timed = (name: string) => ({ timeout: named(name).properties.Timeout as number, settings: settingsOf(named(name)) });
  const methods = await resourcesOf(environment, 'AWS::ApiGateway::Method');
  const queue = (await resourcesOf(environment, 'AWS::SQS::Queue')).find(({ properties }) => String(properties.QueueName).endsWith('-turns'));
  return {
    chat: timed('chat'),
    worker: timed('turn-worker'),
    authorizer: timed('authorizer'),
    gateway: methods.flatMap(({ properties }) => (properties.Integration.TimeoutInMillis === undefined ? [] : [properties.Integration.TimeoutInMillis / 1_000])),
    queue: { visibility: queue?.properties.VisibilityTimeout, deliveries: queue?.properties.RedrivePolicy.maxReceiveCount },
  };
}

const settingsOf = ({ properties }: Found): TurnSettings => JSON.parse(properties.Environment.Variables.SETTINGS ?? 'null');

describe('R2: the calls of a turn', () => {
  it('R2: each leave time for the others: one that never answers is known before an interim reply is due', () => {
    // That several silent ones end there too is the turn's doing: r2-bounded-waits.
    for (const name of environmentNames()) expect(longestCall('interactive'), name).toBeLessThan(loadEnvironment(name).conversation.interimAfterMilliseconds);
  });

  it('R2: that come after the model fit what is kept free before the deadline', () => {
    expect(RESERVED_MILLISECONDS).toBe(CLOSING_MILLISECONDS);
    expect(CLOSING_CALLS * longestCall('interactive')).toBeLessThanOrEqual(CLOSING_MILLISECONDS);
    // The worker has one call left then: the commit.
    expect(longestCall('patient')).toBeLessThanOrEqual(CLOSING_MILLISECONDS);
  });

  it('R2: have a limit each, but the model’s, which the turn ends', () => {
    for (const profile of ['interactive', 'patient', 'background', 'invoke'] as const) expect(longestCall(profile), profile).toBeLessThan(20_000);
    expect(longestCall('model')).toBe(Infinity);
  });
});

describe.each(environmentNames())('R2: time-outs of %s, as its templates have them', (environment) => {
  let estate: Estate;
  beforeAll(async () => {
    estate = await estateOf(environment);
  });

  it('R2: the budgets of a turn end before the chat function, and the chat function before the gateway', () => {
    const { chat, gateway } = estate;
    const { model, interimAfterMilliseconds } = chat.settings;
    const calls = CALLS_BEFORE_CONTENT * longestCall('interactive') + CLOSING_CALLS * longestCall('interactive');
    const wait = Math.max(interimAfterMilliseconds, model.provider === 'extractive' ? 0 : model.timeoutMilliseconds);
    const sum = wait + KNOWLEDGE_MILLISECONDS + calls + EXIT_MILLISECONDS;
    figure('R2', `${environment}: ${wait} ms for the model + ${KNOWLEDGE_MILLISECONDS} ms for the knowledge base + ${calls} ms of calls + ${EXIT_MILLISECONDS} ms to leave = ${sum} ms < ${chat.timeout} s (chat) < ${Math.min(...gateway)} s (gateway)`);
    expect(sum).toBeLessThan(chat.timeout * 1_000);
    expect(gateway.length).toBeGreaterThan(5);
    expect(chat.timeout).toBeLessThan(Math.min(...gateway));
    expect(estate.authorizer.timeout).toBeLessThan(Math.min(...gateway));
    expect(interimAfterMilliseconds).toBeLessThan(FIRST_CONTENT_MILLISECONDS);
  });

  it('R2: a fresh request is never refused for want of time', () => {
    const { chat } = estate;
    expect(isTooLate({ receivedAt: 0, deadline: chat.timeout * 1_000 - EXIT_MILLISECONDS }, 0)).toBe(false);
  });

  it('R2: the budgets of the turn worker end before its function', () => {
    const { timeout, settings } = estate.worker;
    const wait = settings.model.provider === 'extractive' ? 0 : settings.model.workerTimeoutMilliseconds;
    const sum = wait + KNOWLEDGE_MILLISECONDS + WORKER_CALLS * longestCall('patient') + EXIT_MILLISECONDS;
    figure('R2', `${environment}: worker ${sum} ms < ${timeout} s`);
    expect(sum).toBeLessThan(timeout * 1_000);
  });

  it('R2: the authorizer has its keys, or knows that it will not, before its function ends', () => {
    expect(longestCall('patient') + EXIT_MILLISECONDS).toBeLessThan(estate.authorizer.timeout * 1_000);
  });

  it('R2: a claim outlives the function that made it, and the queue hides a message for longer than its worker can take', () => {
    const { chat, worker, queue } = estate;
    expect(chat.settings.leaseSeconds).toBeGreaterThan(chat.timeout);
    expect(worker.settings.workerLeaseSeconds).toBeGreaterThan(worker.timeout);
    expect(queue.visibility).toBe(VISIBILITY_TIMEOUTS * worker.timeout);
    expect(queue.visibility).toBeGreaterThan(worker.settings.workerLeaseSeconds);
    // The last delivery comes before the sweep gives the turn up.
    expect(queue.visibility * queue.deliveries).toBeLessThanOrEqual(MAX_TURN_MINUTES * 60);
  });

  it('R2: a breaker rests no longer than a refused client is told to', () => {
    expect(BREAKERS.service.openMilliseconds).toBeLessThanOrEqual(5_000);
    expect(loadEnvironment(environment).conversation.interimAfterMilliseconds).toBe(estate.chat.settings.interimAfterMilliseconds);
  });
});

describe('R2: the margins that the configuration keeps', () => {
  it('R2: cover the calls of a turn, in the chat function and in the worker', () => {
    expect(KNOWLEDGE_MILLISECONDS + WORKER_CALLS * longestCall('patient') + EXIT_MILLISECONDS).toBeLessThan(WORKER_MARGIN_SECONDS * 1_000);
    // The shortest interim wait that can be configured is 200 ms.
    expect(KNOWLEDGE_MILLISECONDS + CALLS_BEFORE_CONTENT * longestCall('interactive') + CLOSING_MILLISECONDS + EXIT_MILLISECONDS).toBeLessThanOrEqual(CHAT_MARGIN_SECONDS * 1_000 + 200);
  });
});
