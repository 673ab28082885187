import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAFF_ROLES, type Route } from '../../lambda/contracts/routes.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { estate, examples, OBJECT_ROUTES, type Answered, type Example, type Held } from './support/object-access.ts';
import { KINDS, SECONDS, writeToken } from './support/tokens.ts';

const around = estate();
const tokenOf = (kind: keyof typeof KINDS, change: object): string => writeToken(KINDS[kind].header, { ...KINDS[kind].claims, ...change }, KINDS[kind].signer);

/** Who asks: their token, and what it gives a right to. */
interface Asker {
  readonly token: string | undefined;
  /** Conversation that the token is for. */
  readonly own?: string;
  /** Conversation that the token names without a right to it: no such token exists, but if one did. */
  readonly names?: string;
  readonly roles?: readonly string[];
  /** The token is refused wherever it is shown. */
  readonly bad?: true;
}

const held: Record<string, Held> = {};
const askers: Record<string, Asker> = {};
/** Ids by what they name. */
const ids: Record<string, string> = {};
/** Ids of conversations that are there. */
const living = new Set<string>();
let pseudonym = '';
/** What is no id: nothing of it may reach a store. */
const MALFORMED = ['', '../..', '%2e%2e', 'a\r\nSet-Cookie: a=b', 'x'.repeat(4_000), 'a#HEAD', ' ', '.', '..', '..%2f..', 'a/b', 'a\\b', '\0', 'x'.repeat(65), '{id}', '*', '#', '\u{1F9A6}', '<script>', "x' OR '1'='1"].slice(0, sized(3, 20));
let asked = 0;
let refusals = 0;

beforeAll(async () => {
  const customer = tokenOf('customer', { sub: 'customer-1' });
  held['own'] = await around.hold('own');
  held['sibling'] = await around.hold('sibling', held['own'].token);
  for (const name of ['foreign', 'erased', 'expired']) held[name] = await around.hold(name);
  held['customer'] = await around.hold('customer', customer);
  for (const [name, { id, token }] of Object.entries(held)) {
    ids[name] = id;
    askers[`token of ${name}`] = { token, own: id };
  }
  pseudonym = await around.pseudonymOf(held['own'].id, tokenOf('staff', {}));
  const subjectOf = (name: string): string => around.store.heads.get(ids[name] ?? '')?.subject ?? '';
  around.store.wrappedKeys.delete(subjectOf('erased'));
  const expired = around.store.heads.get(ids['expired'] ?? '') ?? expect.fail('no head');
  around.store.heads.set(expired.conversationId, { ...expired, expiresAt: around.time.now() });
  for (const name of ['own', 'sibling', 'foreign', 'customer']) living.add(ids[name] ?? '');
  const unknown = randomUUID();
  Object.assign(ids, { unknown, 'own, in capitals': (ids['own'] ?? '').toUpperCase(), 'own, and a space': `${ids['own']} `, prototype: '__proto__', constructor: 'constructor', head: 'HEAD' });
  MALFORMED.forEach((id, index) => (ids[`malformed ${index}`] = id));
  Object.assign(askers, {
    nobody: { token: undefined },
    'token of nowhere': { token: tokenOf('conversation', { cid: unknown, sub: 'nobody' }), own: unknown },
    'token of the same subject, for nowhere': { token: tokenOf('conversation', { cid: unknown, sub: subjectOf('own') }), own: unknown },
    'token of another subject, for the own conversation': { token: tokenOf('conversation', { cid: ids['own'], sub: 'somebody' }), names: ids['own'] ?? '' },
    'customer who has one': { token: customer },
    'another customer': { token: tokenOf('customer', { sub: 'customer-2' }) },
    ...Object.fromEntries(STAFF_ROLES.map((role) => [`staff ${role}`, { token: tokenOf('staff', { 'cognito:groups': [role] }), roles: [role] }])),
    'staff without role': { token: tokenOf('staff', { 'cognito:groups': [] }), roles: [] },
    'staff with another role': { token: tokenOf('staff', { 'cognito:groups': ['administrators'] }), roles: [] },
    'expired token of own': { token: tokenOf('conversation', { cid: ids['own'], sub: subjectOf('own'), exp: SECONDS - 1 }), bad: true },
    'expired staff': { token: tokenOf('staff', { exp: SECONDS - 61, 'cognito:groups': [...STAFF_ROLES] }), bad: true },
    'changed token': { token: `${held['own'].token.slice(0, -5)}AAAAA`, bad: true },
    'empty token': { token: '', bad: true },
  } satisfies Record<string, Asker>);
});
afterAll(() => figure('S4', `${asked} requests of ${OBJECT_ROUTES.length} endpoints x ${Object.keys(askers).length} callers x ${Object.keys(ids).length} ids: ${refusals} refused, 0 leaks`));

/** Whether a caller may do this to that conversation. */
function may(route: Route, asker: Asker, id: string): boolean {
  if (asker.bad === true || !living.has(id)) return false;
  const { provesOwn, staff } = exampleOf(route);
  if (provesOwn === true && id !== ids['own']) return false;
  if (route.caller === 'anyone') return true;
  if (asker.own !== undefined) return route.caller.startsWith('conversation') && asker.own === id;
  return asker.roles?.some((role) => staff?.some((each) => each === role)) === true;
}
function exampleOf(route: Route): Example {
  const example = examples(held['own']?.proof ?? '', pseudonym)[route.operationId as keyof ReturnType<typeof examples>];
  if (example === undefined || (route.method === 'POST' && example.body === undefined) || (route.caller.includes('staff') && example.staff === undefined)) {
    throw new Error(`The route ${route.operationId} has no example in test/promises/support/object-access.ts: give it a right body, and the roles of staff that it is for.`);
  }
  return example;
}
/** Nothing of any conversation but the one that was rightly asked for. */
function expectNoLeak({ text }: Answered, allowed: string | undefined, what: string): void {
  for (const { id, markers } of Object.values(held)) if (id !== allowed) for (const marker of markers) expect(text.includes(marker), `${what}: ${marker}`).toBe(false);
  for (const head of around.store.heads.values()) expect(text.includes(head.subject), `${what}: subject`).toBe(false);
}

describe('S4: object-level access', () => {
  it('S4: every route that names a conversation has an example', () => {
    expect(OBJECT_ROUTES.length).toBeGreaterThan(3);
    for (const route of OBJECT_ROUTES) exampleOf(route);
  });

  it.each(OBJECT_ROUTES)('S4: $method $path lets in whom it is for, and shows all others the same refusal', async (route) => {
    const { body } = exampleOf(route);
    const perStatus = new Map<number, Set<string>>();
    for (const [name, asker] of Object.entries(askers)) {
      const seen = new Map<string, string[]>();
      // Staff who may see any conversation know which there are: of those that are, only the answer counts.
      const seesAll = asker.roles?.some((role) => exampleOf(route).staff?.some((each) => each === role)) === true;
      for (const [what, id] of Object.entries(ids)) {
        const answer = await around.ask(route, { token: asker.token, id, body });
        asked += 1;
        const allowed = may(route, asker, id);
        const label = `${route.operationId} by ${name} on ${what}`;
        expectNoLeak(answer, allowed ? id : undefined, label);
        expect(answer.status < 300, `${label}: ${answer.status}`).toBe(allowed);
        if (allowed) continue;
        refusals += 1;
        expect([401, 403, 404], label).toContain(answer.status);
        perStatus.set(answer.status, (perStatus.get(answer.status) ?? new Set()).add(answer.text));
        // What is no id may be refused sooner: that tells nothing but its form, which the caller knows.
        if (!what.startsWith('malformed') && what !== 'own, and a space' && asker.own !== id && asker.names !== id && !(seesAll && living.has(id))) {
          const kind = JSON.stringify([answer.status, answer.text, answer.calls]);
          seen.set(kind, [...(seen.get(kind) ?? []), what]);
        }
        if (what.startsWith('malformed')) expect(answer.calls.filter((call) => call.startsWith('store')), label).toEqual([]);
      }
      // Foreign, unknown, erased and expired: one answer, after one sequence of calls.
      expect([...seen.values()], `${route.operationId} by ${name}`).toHaveLength(Math.min(1, seen.size));
    }
    for (const [status, texts] of perStatus) expect([...texts], String(status)).toHaveLength(1);
  });

  it('S4: a conversation of one’s own that has expired or was erased looks like one that never was', async () => {
    expect(pseudonym).not.toBe('');
    for (const route of OBJECT_ROUTES.filter(({ caller }) => caller.startsWith('conversation'))) {
      const { body } = exampleOf(route);
      const answers: Answered[] = [];
      for (const name of ['token of erased', 'token of expired', 'token of nowhere', 'token of the same subject, for nowhere', 'token of another subject, for the own conversation']) {
        const { token, own = ids['own'] ?? '' } = askers[name] ?? expect.fail(name);
        answers.push(await around.ask(route, { token, id: own, body }));
      }
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, route.operationId).toBe(1);
      expect(new Set(answers.map(({ calls }) => calls.filter((call) => call.startsWith('store')).join())).size, route.operationId).toBe(1);
    }
  });

  it('S4: a message of another conversation cannot be named in one’s own', async () => {
    const route = OBJECT_ROUTES.find(({ operationId }) => operationId === 'giveFeedback') ?? expect.fail('no feedback');
    const { token, id } = held['own'] ?? expect.fail('none');
    const texts = new Set<string>();
    for (const messageId of [held['foreign']?.markers.at(-1), held['sibling']?.markers.at(-1), randomUUID()]) {
      const answer = await around.ask(route, { token, id, body: { rating: 3, messageId } });
      expect(answer.status).toBe(400);
      texts.add(answer.text);
    }
    expect(texts.size).toBe(1);
  });

  it('S4: a refusal is no stream, and tells no more with a query', async () => {
    for (const route of OBJECT_ROUTES) for (const id of [ids['foreign'], ids['unknown']]) {
      const answer = await around.ask(route, { token: held['own']?.token, id: id ?? '', body: exampleOf(route).body, accept: 'text/event-stream', query: { after: '0' } });
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('application/problem+json');
    }
  });

  it('S4: no id that anybody makes up opens anything', async () => {
    /** A real id with something put into it. */
    const almost = fc.tuple(fc.constantFrom('own', 'foreign'), fc.nat(36), fc.string({ maxLength: 3 })).map(([name, at, text]) => (ids[name] ?? '').slice(0, at) + text + (ids[name] ?? '').slice(at));
    const anything = fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 100 }), fc.uuid(), almost);
    const callers = ['token of own', 'staff supervisor', 'staff analyst', 'another customer', 'nobody'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OBJECT_ROUTES), fc.constantFrom(...callers), anything, async (route, name, id) => {
        const asker = askers[name] ?? expect.fail(name);
        if (may(route, asker, id)) return;
        const answer = await around.ask(route, { token: asker.token, id, body: exampleOf(route).body });
        asked += 1;
        refusals += 1;
        expect([401, 403, 404]).toContain(answer.status);
        expectNoLeak(answer, undefined, id);
      }),
      sizedRuns(40, 20_000),
    );
  });
});
