import type { Access, ChatClient } from './client.ts';
import type { Outcome } from './outcome.ts';
import type { SessionStore } from './session.ts';

const EXPIRED = { ok: false, failure: { kind: 'problem', status: 401 } } as const;

/** What making a call with a session's rights needs. */
export interface AccessContext {
  readonly client: ChatClient;
  readonly session: SessionStore;
}

/**
 * Makes a call with the session's newest token. When that has expired, it is exchanged for another one by the resume token, and the call
 * is made once more: a 401 means that nothing was accepted. Without a session, or a resume token that is still good, it fails as an expired one does.
 */
export async function withAccess<T>({ client, session }: AccessContext, call: (access: Access) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const { conversationId, token, resumeToken } = session.current;
  if (conversationId === undefined || token === undefined) return EXPIRED;
  const outcome = await call({ conversationId, token });
  if (!isProblem(outcome, 401) || resumeToken === undefined) return outcome;
  const resumed = await client.resume(conversationId, resumeToken);
  // An outage is waited out like any other; refused, the conversation has ended.
  if (!resumed.ok) return isProblem(resumed, 400) || isProblem(resumed, 404) ? outcome : resumed;
  if (session.current.conversationId !== conversationId) return outcome;
  session.update({ token: resumed.value.token });
  return call({ conversationId, token: resumed.value.token });
}

const isProblem = (outcome: Outcome<unknown>, status: number): boolean => !outcome.ok && outcome.failure.kind === 'problem' && outcome.failure.status === status;
