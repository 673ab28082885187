import { CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOptions } from '../../lambda/adapters/aws/client-options.ts';
import { jsonClient } from '../../lambda/adapters/aws/json-client.ts';
import { JSON_SERVICES } from '../../lambda/adapters/aws/json-service.ts';
import { boundedRetries, type RetryErrorInfo, type RetryToken } from '../../lambda/adapters/aws/retry-strategy.ts';
import { isServiceFault } from '../../lambda/adapters/aws/service-fault.ts';
import { type Answer, TransportError } from '../../lambda/adapters/aws/transport.ts';
import { BREAKERS, BULKHEAD_CALLS, RETRY, type CallProfile } from '../../lambda/contracts/budgets.ts';
import { StoreUnavailable } from '../../lambda/domain/errors.ts';
import { Bulkhead } from '../../lambda/domain/resilience/bulkhead.ts';
import { CircuitBreaker } from '../../lambda/domain/resilience/breaker.ts';
import { guard, type Guard } from '../../lambda/domain/resilience/guard.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';

/** Ways in which a service may be away, as the transport reports them. */
const OUTAGES = {
  'refuses connections': (): Answer => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  },
  'never answers': (): Answer => {
    throw new TransportError('TimeoutError', 'timed out');
  },
  throttles: (): Answer => ({ status: 400, headers: {}, body: '{"__type":"ThrottlingException"}' }),
} as const;
type Outage = keyof typeof OUTAGES;

/** A client as the functions make them, whose pauses are none and whose network is ours, and the attempts that it made. */
function clientOf(service: keyof typeof JSON_SERVICES | 'codedeploy', profile: CallProfile, outage: Outage) {
  const seen = { attempts: 0 };
  const transport = async (): Promise<Answer> => {
    seen.attempts += 1;
    return OUTAGES[outage]();
  };
  const options = clientOptions(profile, { random: () => 0, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  if (service !== 'codedeploy') {
    const client = jsonClient(JSON_SERVICES[service], options, { transport });
    return { seen, send: () => client.call('AnyOperation', {}) };
  }
  // One of the AWS SDK's clients, which have the same retries.
  const client = new CodeDeployClient({ ...options, requestHandler: { handle: transport as () => Promise<never> } });
  return { seen, send: () => client.send(new GetDeploymentCommand({ deploymentId: 'd' })) };
}

/** Sends requests that all fail; returns how many attempts there were for one request. */
async function ratio(requests: number, { seen, send }: ReturnType<typeof clientOf>, through: Guard = (call) => call(), each: () => void = () => {}): Promise<number> {
  let failed = 0;
  for (let i = 0; i < requests; i += 1) {
    await through(send).catch(() => (failed += 1));
    each();
  }
  expect(failed).toBe(requests);
  return seen.attempts / requests;
}

/** A guard as the functions have it, on a clock of ours. */
function guardAt(clock: { now: number }): Guard {
  return guard({
    breaker: new CircuitBreaker(BREAKERS.service, () => clock.now),
    bulkhead: new Bulkhead(BULKHEAD_CALLS),
    limitMilliseconds: 60_000,
    wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    isFault: isServiceFault,
    refusal: (why) => new StoreUnavailable(why),
  });
}

const failure = (errorType: RetryErrorInfo['errorType'], retryAfterHint?: Date): RetryErrorInfo => ({ errorType, ...(retryAfterHint === undefined ? {} : { retryAfterHint }) });

describe('R3: no retry storm in a total outage', () => {
  const requests = sized(300, 5_000);

  it.each([
    ['dynamodb', 'interactive', 'refuses connections'],
    ['kms', 'interactive', 'never answers'],
    ['sqs', 'background', 'refuses connections'],
    ['secrets', 'patient', 'never answers'],
    ['codedeploy', 'background', 'refuses connections'],
  ] as const)('R3: %s (%s) that %s meets hardly more attempts than there are requests', async (service, profile, outage) => {
    const attempts = await ratio(requests, clientOf(service, profile, outage));
    figure('R3', `${service} (${profile}) ${outage}: ${attempts.toFixed(3)} attempts a request over ${requests}`);
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThanOrEqual(1.2);
  });

  it('R3: behind its guard it makes far fewer, throttles included, whatever the time between requests', async () => {
    for (const outage of Object.keys(OUTAGES) as Outage[]) {
      for (const between of [1, 2_000]) {
        const clock = { now: 0 };
        const attempts = await ratio(requests, clientOf('dynamodb', 'interactive', outage), guardAt(clock), () => (clock.now += between));
        if (between === 1) figure('R3', `guarded, ${outage}: ${attempts.toFixed(3)} attempts a request over ${requests}`);
        expect(attempts, `${outage}, every ${between} ms`).toBeLessThanOrEqual(1.2);
      }
    }
  });

  it('R3: many execution environments, each with a client and a guard of its own, together too', async () => {
    const environments = sized(10, 150);
    const each = 30;
    let attempts = 0;
    const clock = { now: 0 };
    for (let environment = 0; environment < environments; environment += 1) attempts += each * (await ratio(each, clientOf('dynamodb', 'background', 'refuses connections'), guardAt(clock), () => (clock.now += 50)));
    figure('R3', `${environments} environments with ${each} requests each: ${(attempts / (environments * each)).toFixed(3)} attempts a request`);
    expect(attempts / (environments * each)).toBeLessThanOrEqual(1.2);
  });

  it('R3: pays for its retries from 500 tokens: 14 for a failure, 5 for a throttle, given back by success', async () => {
    const spent = async (errorType: 'TRANSIENT' | 'THROTTLING'): Promise<number> => {
      const strategy = boundedRetries({ attempts: 2, random: () => 0 });
      for (let retries = 0; retries < 1_000; retries += 1) {
        const first = await strategy.acquireInitialRetryToken('');
        const next = await strategy.refreshRetryTokenForRetry(first, failure(errorType)).catch(() => undefined);
        if (next === undefined) return retries;
        expect(next.getRetryCost()).toBe(errorType === 'TRANSIENT' ? 14 : 5);
      }
      return Infinity;
    };
    expect([await spent('TRANSIENT'), await spent('THROTTLING')]).toEqual([Math.floor(500 / 14), Math.floor(500 / 5)]);
    const strategy = boundedRetries({ attempts: 2, random: () => 0 });
    let last: RetryToken = await strategy.acquireInitialRetryToken('');
    for (let i = 0; i < 100; i += 1) {
      last = await strategy.refreshRetryTokenForRetry(await strategy.acquireInitialRetryToken(''), failure('TRANSIENT'));
      strategy.recordSuccess(last);
    }
    expect(last.getRetryCost()).toBe(14);
  });

  it('R3: waits a random time before each retry: up to 50 ms, twice that for the next, never more than 20 s', async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 2, max: 20 }), fc.constantFrom('TRANSIENT' as const, 'THROTTLING' as const), async (random, attempts, errorType) => {
        const strategy = boundedRetries({ attempts, random: () => random });
        let token = await strategy.acquireInitialRetryToken('');
        expect(token.getRetryDelay()).toBe(0);
        for (let retry = 0; retry < attempts - 1; retry += 1) {
          token = await strategy.refreshRetryTokenForRetry(token, failure(errorType));
          expect(token.getRetryDelay()).toBe(Math.floor(random * Math.min(20_000, 50 * 2 ** retry)));
          longest = Math.max(longest, token.getRetryDelay());
        }
        await expect(strategy.refreshRetryTokenForRetry(token, failure(errorType))).rejects.toThrow();
      }),
      sizedRuns(200, 20_000),
    );
    figure('R3', `longest pause met: ${longest} ms of ${RETRY.capMilliseconds}`);
    expect(longest).toBeLessThan(RETRY.capMilliseconds);
  });

  it('R3: does not repeat what no repeating mends, nor a call whose service wants a longer pause', async () => {
    const strategy = boundedRetries({ attempts: 3, random: () => 0 });
    const first = await strategy.acquireInitialRetryToken('');
    for (const errorType of ['CLIENT_ERROR', 'SERVER_ERROR'] as const) await expect(strategy.refreshRetryTokenForRetry(first, failure(errorType))).rejects.toThrow();
    await expect(strategy.refreshRetryTokenForRetry(first, failure('THROTTLING', new Date(Date.now() + 60_000)))).rejects.toThrow();
    expect((await strategy.refreshRetryTokenForRetry(first, failure('THROTTLING', new Date(0)))).getRetryCount()).toBe(1);
  });
});
