import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAKERS, SILENT_MODEL_MILLISECONDS, type BreakerBudget } from '../../lambda/contracts/budgets.ts';
import { ModelUnavailable, StoreUnavailable } from '../../lambda/domain/errors.ts';
import { Bulkhead } from '../../lambda/domain/resilience/bulkhead.ts';
import { CircuitBreaker, type BreakerState, type Permit } from '../../lambda/domain/resilience/breaker.ts';
import { guard } from '../../lambda/domain/resilience/guard.ts';
import { guarded, guardedModel } from '../../lambda/runtime/guarded.ts';
import { fakeModel } from '../support/fakes/ports.ts';
import { send, world } from '../support/fakes/turn.ts';
import { figure, sizedRuns } from '../support/promise.ts';

const PARTS = 10;

/** The breaker as it is described, told call by call and without any thrift: what the real one is held against. */
class Described {
  state: BreakerState = 'closed';
  private readonly budget: BreakerBudget;
  private openedAt = 0;
  private probe: number | undefined;
  private outcomes: { readonly slot: number; readonly failed: boolean }[] = [];
  private readonly underWay = new Map<number, number>();
  private epoch = 0;

  constructor(budget: BreakerBudget) {
    this.budget = budget;
  }

  begin(call: number, now: number): boolean {
    if (this.state === 'open' && now - this.openedAt >= this.budget.openMilliseconds) this.change('half-open', now);
    if (this.state === 'open' || (this.state === 'half-open' && this.probe !== undefined)) return false;
    if (this.state === 'half-open') this.probe = call;
    this.underWay.set(call, this.epoch);
    return true;
  }

  end(call: number, outcome: keyof Permit, now: number): void {
    const epoch = this.underWay.get(call);
    this.underWay.delete(call);
    if (epoch !== this.epoch) return;
    if (this.state === 'half-open') {
      if (outcome === 'unknown') this.probe = undefined;
      else this.change(outcome === 'failed' ? 'open' : 'closed', now);
      return;
    }
    if (outcome === 'unknown') return;
    const slot = Math.floor((now * PARTS) / this.budget.windowMilliseconds);
    this.outcomes.push({ slot, failed: outcome === 'failed' });
    const recent = this.outcomes.filter((one) => one.slot > slot - PARTS);
    const failures = recent.filter(({ failed }) => failed).length;
    if (outcome === 'failed' && recent.length >= this.budget.minimumCalls && failures / recent.length >= this.budget.failureShare) this.change('open', now);
  }

  private change(state: BreakerState, now: number): void {
    this.state = state;
    this.epoch += 1;
    this.probe = undefined;
    this.outcomes = [];
    if (state === 'open') this.openedAt = now;
  }
}

type Step = { readonly do: 'begin' } | { readonly do: 'end'; readonly which: number; readonly outcome: keyof Permit } | { readonly do: 'pass'; readonly milliseconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'begin' } as const) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat({ max: 20 }), outcome: fc.constantFrom('failed', 'failed', 'failed', 'succeeded', 'unknown') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), milliseconds: fc.nat({ max: 700 }) }) },
);
const budget: fc.Arbitrary<BreakerBudget> = fc.record({ windowMilliseconds: fc.integer({ min: 100, max: 5_000 }), minimumCalls: fc.integer({ min: 1, max: 6 }), failureShare: fc.constantFrom(0.2, 0.5, 1), openMilliseconds: fc.integer({ min: 100, max: 2_000 }) });

describe('R4: a circuit breaker', () => {
  it('R4: lets no call through while open and one probe half-open, whatever comes in between', () => {
    const met: Record<BreakerState, number> = { closed: 0, open: 0, 'half-open': 0 };
    fc.assert(
      fc.property(budget, fc.array(step, { minLength: 30, maxLength: 120 }), (figures, steps) => {
        let now = 1_000_000;
        const breaker = new CircuitBreaker(figures, () => now);
        const described = new Described(figures);
        const underWay: { readonly call: number; readonly permit: Permit; readonly probe: boolean }[] = [];
        for (const [call, next] of steps.entries()) {
          if (next.do === 'pass') now += next.milliseconds;
          else if (next.do === 'begin') {
            const before = breaker.state;
            const probes = underWay.filter(({ probe }) => probe).length;
            const permit = breaker.acquire();
            expect(permit !== undefined).toBe(described.begin(call, now));
            met[before] += 1;
            if (before === 'open') expect(permit).toBeUndefined();
            if (before === 'half-open' && permit !== undefined) expect(probes).toBe(0);
            if (permit !== undefined) underWay.push({ call, permit, probe: before === 'half-open' });
          } else if (underWay.length > 0) {
            const [ended] = underWay.splice(next.which % underWay.length, 1);
            if (ended === undefined) continue;
            ended.permit[next.outcome]();
            described.end(ended.call, next.outcome, now);
          }
        }
      }),
      sizedRuns(500, 100_000),
    );
    figure('R4', `calls asked for: ${met.closed} closed, ${met.open} open (none made), ${met['half-open']} half-open (one probe at a time)`);
    for (const state of ['closed', 'open', 'half-open'] as const) expect(met[state]).toBeGreaterThan(20);
  });

  it('R4: of a thousand calls at once half-open, one reaches the dependency, and all others are refused at once', async () => {
    let now = 0;
    const asked: ((error: Error) => void)[] = [];
    const port = { read: (): Promise<string> => new Promise((_, reject) => asked.push(reject)) };
    const run = guard({
      breaker: new CircuitBreaker(BREAKERS.service, () => now),
      bulkhead: new Bulkhead(1_000),
      limitMilliseconds: 650,
      wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
      isFault: () => true,
      refusal: (why) => new StoreUnavailable(why),
    });
    const store = guarded(port, run);
    const failing = Array.from({ length: BREAKERS.service.minimumCalls }, () => store.read().catch((error: unknown) => error));
    for (const reject of asked.splice(0)) reject(new StoreUnavailable('down'));
    await Promise.all(failing);
    const refused = async (calls: number): Promise<number> => (await Promise.all(Array.from({ length: calls }, () => Promise.race([store.read().then(() => 0, (error: unknown) => (error instanceof StoreUnavailable ? 1 : 0)), settled()])))).reduce((sum, one) => sum + one, 0);
    expect([await refused(1_000), asked.length]).toEqual([1_000, 0]);
    now += BREAKERS.service.openMilliseconds;
    expect([await refused(1_000), asked.length]).toEqual([999, 1]);
    asked[0]?.(new StoreUnavailable('down'));
    await settled();
    expect([await refused(1_000), asked.length]).toEqual([1_000, 1]);
  });
});

describe('R4: a turn while a breaker is open', () => {
  const question = 'How long may I return something?';

  it('R4: is answered by quotation without a call to the model, and by the model again once it answers', async () => {
    let fails = true;
    const around = await world({ model: (time) => fakeModel(time, [{ text: 'Within 30 days [1].' }, { end: 'complete' }]) });
    const asked: number[] = [];
    const inner = await (around.deps.model as NonNullable<typeof around.deps.model>)();
    const flaky = {
      ...inner,
      async *stream(request: Parameters<typeof inner.stream>[0]) {
        asked.push(around.time.now());
        if (fails) throw new ModelUnavailable('down');
        yield* inner.stream(request);
      },
    };
    const model = guardedModel(flaky, { breaker: new CircuitBreaker(BREAKERS.model, around.time.now), bulkhead: new Bulkhead(4), now: around.time.now, isFault: () => true, silentMilliseconds: SILENT_MODEL_MILLISECONDS });
    const deps = { ...around.deps, model: async () => model };
    const replies: unknown[] = [];
    const ask = async (key: string): Promise<void> => {
      const last = (await send(around, question, { idempotencyKey: key }, deps)).at(-1);
      replies.push(last?.type === 'done' ? [last.status, last.response.reply.kind] : last);
    };
    for (let i = 0; i < 8; i += 1) await ask(`down-${i}`);
    expect(asked.length).toBe(BREAKERS.model.minimumCalls);
    expect(replies).toEqual(Array.from({ length: 8 }, () => [200, 'answer']));
    fails = false;
    await around.time.pass(BREAKERS.model.openMilliseconds);
    await ask('up-1');
    await ask('up-2');
    expect(asked.length).toBe(BREAKERS.model.minimumCalls + 2);
    expect((await around.store.readTurn('c1', 10))?.explanation?.model).toBe(inner.id);
  });

  it('R4: is refused with 503 and Retry-After without a call to the store', async () => {
    const around = await world();
    let asked = 0;
    const down = async (): Promise<never> => {
      asked += 1;
      throw new StoreUnavailable('down');
    };
    const run = guard({ breaker: new CircuitBreaker(BREAKERS.service, around.time.now), bulkhead: new Bulkhead(4), limitMilliseconds: 650, wait: around.time.wait, isFault: () => true, refusal: (why) => new StoreUnavailable(why) });
    const deps = { ...around.deps, store: { ...around.store, ...guarded({ load: down }, run) } };
    for (let i = 0; i < 9; i += 1) {
      const before = around.time.now();
      const last = (await send(around, question, { idempotencyKey: `k${i}` }, deps)).at(-1);
      expect(last).toMatchObject({ type: 'refused', problem: { status: 503 } });
      expect(last?.type === 'refused' && (last.retryAfterSeconds ?? 0)).toBeGreaterThanOrEqual(BREAKERS.service.openMilliseconds / 1_000);
      expect(around.time.now() - before).toBe(0);
    }
    expect(asked).toBe(BREAKERS.service.minimumCalls);
  });
});

/** Lets everything run that needs no time; gives 0. */
const settled = (): Promise<number> => new Promise((resolve) => setImmediate(() => resolve(0)));
