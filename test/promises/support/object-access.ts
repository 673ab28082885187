import { randomUUID } from 'node:crypto';
import { jwtConversationTokens } from '../../../lambda/adapters/secrets/tokens.ts';
import type { OperationId, Route, StaffRole } from '../../../lambda/contracts/routes.ts';
import { REVEAL_ROLES, ROUTES, TRANSCRIPT_ROLES } from '../../../lambda/contracts/routes.ts';
import { authorize } from '../../../lambda/handlers/authorizer/authorize.ts';
import type { ChatDependencies } from '../../../lambda/handlers/chat/dependencies.ts';
import { chatOperations } from '../../../lambda/handlers/chat/operations.ts';
import { CONTEXT, proxyEvent } from '../../lambda/runtime/http/events.ts';
import { fakeObserver } from '../../lambda/runtime/streaming.ts';
import { memoryStore } from '../../support/fakes/memory-store.ts';
import { fakeCipher, fakeKeys, fakeQueue } from '../../support/fakes/ports.ts';
import { fakeTime } from '../../support/fakes/time.ts';
import { RETRIEVER, SETTINGS } from '../../support/fakes/turn.ts';
import { authorizerOf, NOW, SECRET } from './tokens.ts';

/** A right request to a route: the matrix asks with it who may. */
export interface Example {
  /** JSON of the body. @default - the route takes none */
  readonly body?: object;
  /** Roles of staff that it is for. @default - none */
  readonly staff?: readonly StaffRole[];
  /** The body proves something of the own conversation, and is wrong for any other. @default - it is right for all */
  readonly provesOwn?: true;
}

/** Routes that are about one conversation: those whose path names it. */
export const OBJECT_ROUTES: readonly Route[] = ROUTES.filter(({ path, servedBy }) => servedBy === 'chat' && path.includes('{id}'));

/** What each operation is asked with. @param proof resume token of the own conversation @param pseudonym one that its transcript shows to staff */
export const examples = (proof: string, pseudonym: string): Readonly<Partial<Record<OperationId, Example>>> => ({
  sendMessage: { body: { text: 'How long may I return something?' } },
  getConversation: { staff: TRANSCRIPT_ROLES },
  giveFeedback: { body: { rating: 4, comment: 'thank you' } },
  resumeConversation: { body: { resumeToken: proof }, provesOwn: true },
  revealPseudonym: { body: { pseudonym, reason: 'The customer asked where the parcel went.' }, staff: REVEAL_ROLES, provesOwn: true },
});

/** An answer, as a client sees it, and what it cost. */
export interface Answered {
  readonly status: number;
  /** Body and headers, as text. */
  readonly text: string;
  /** Dependencies that were called, in order. */
  readonly calls: readonly string[];
}

/** A conversation that was held, with what must not be shown to others. */
export interface Held {
  readonly id: string;
  readonly token: string;
  readonly proof: string;
  readonly markers: readonly string[];
}

/** Records the name of each method that is called. */
function watched<T extends object>(name: string, target: T, calls: string[]): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        calls.push(`${name}.${String(property)}`);
        return Reflect.apply(value, object, given);
      };
    },
  });
}

/** The chat function behind its authorizer, on fakes that count: tokens are real, and so is who they are taken for. */
export function estate() {
  const time = fakeTime(NOW);
  const store = memoryStore(time.now);
  const { find } = authorizerOf();
  const calls: string[] = [];
  const keys = { current: async () => ({ kid: 'v1', key: SECRET }), find: async () => ({ kid: 'v1', key: SECRET }) };
  const deps: ChatDependencies = {
    store: watched('store', store, calls),
    keys: watched('keys', fakeKeys, calls),
    tokens: watched('tokens', jwtConversationTokens({ keys, tokenMinutes: 60, now: time.now }), calls),
    queue: watched('queue', fakeQueue(), calls),
    cipher: fakeCipher,
    retriever: async () => RETRIEVER,
    settings: { ...SETTINGS, maxTurns: 100_000 },
    release: 'r1',
    now: time.now,
    newId: randomUUID,
    newSecret: () => `resume-${randomUUID()}`,
    wait: time.wait,
    observe: fakeObserver().observe,
  };
  const operation = chatOperations(deps);

  /** Asks as API Gateway does: authorizer first, then the function. @param token bearer token; undefined sends no header */
  const ask = async (route: Route, request: { readonly token?: string | undefined; readonly id?: string; readonly body?: object | undefined; readonly query?: Record<string, string>; readonly accept?: string }): Promise<Answered> => {
    calls.length = 0;
    const { method: httpMethod, path: resource } = route;
    const headers = {
      'Content-Type': 'application/json',
      ...(route.requiredHeader && { [route.requiredHeader]: randomUUID() }),
      ...(request.token !== undefined && { Authorization: `Bearer ${request.token}` }),
      ...(request.accept !== undefined && { Accept: request.accept }),
    };
    if (route.caller !== 'public' && route.caller !== 'anyone' && request.token === undefined) return { status: 401, text: 'gateway', calls: [] };
    const { policyDocument, context } = await authorize(find, { methodArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc/live/x', httpMethod, resource, headers });
    if (policyDocument.Statement[0]?.Effect !== 'Allow') return { status: 401, text: 'gateway', calls: [...calls] };
    // Nothing here waits for time: the answerer is at hand, and no timer need fire.
    const result = await operation(proxyEvent({ httpMethod, resource, headers, body: request.body === undefined ? null : JSON.stringify(request.body), pathParameters: request.id === undefined ? null : { id: request.id }, queryStringParameters: request.query ?? null, requestContext: { authorizer: context } }), CONTEXT);
    let answered = '';
    for await (const piece of typeof result.body === 'string' ? [result.body] : result.body) answered += piece;
    await result.after?.();
    return { status: result.status, text: JSON.stringify([answered, result.headers]), calls: [...calls] };
  };

  const routeOf = (operationId: OperationId): Route => ROUTES.find((route) => route.operationId === operationId) as Route;
  /** Opens a conversation and holds it: two messages, of which one is planted, and a comment. @param token of whom it is; anonymous without */
  const hold = async (name: string, token?: string): Promise<Held> => {
    const opened = await ask(routeOf('createConversation'), { token, body: {} });
    const [body = ''] = JSON.parse(opened.text) as string[];
    const { conversationId: id, token: own, resumeToken: proof } = JSON.parse(body) as { conversationId: string; token: string; resumeToken: string };
    await ask(routeOf('sendMessage'), { token: own, id, body: { text: `PLANTED-${name} how long may I return something? Write to ${name}@mail.example` } });
    await ask(routeOf('giveFeedback'), { token: own, id, body: { rating: 1, comment: `COMMENT-${name}` } });
    const head = store.heads.get(id);
    const messages = [...store.turns.values()].flatMap((turn) => (turn.conversationId === id ? [turn.messageId] : []));
    return { id, token: own, proof, markers: [`PLANTED-${name}`, `${name}@mail.example`, `COMMENT-${name}`, proof, String(head?.resumeHash), ...messages] };
  };
  /** A pseudonym that the transcript of a conversation shows to staff. */
  const pseudonymOf = async (id: string, staff: string): Promise<string> => /\[email-[a-z2-7]{6}\]/.exec((await ask(routeOf('getConversation'), { token: staff, id })).text)?.[0] ?? '';
  return { ask, hold, pseudonymOf, store, time };
}
