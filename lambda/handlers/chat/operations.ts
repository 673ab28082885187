import { CreateConversationRequest, FeedbackRequest, ResumeRequest, RevealRequest } from '../../contracts/api.ts';
import { createConversation } from '../../domain/turn/create-conversation.ts';
import { giveFeedback } from '../../domain/turn/give-feedback.ts';
import { readTranscript } from '../../domain/turn/read-transcript.ts';
import { resumeConversation } from '../../domain/turn/resume-conversation.ts';
import type { Result } from '../../domain/turn/types.ts';
import { parseBody } from '../../runtime/http/body.ts';
import { json, noContent, problemResult, type HttpResult } from '../../runtime/http/response.ts';
import { route, type Operation } from '../../runtime/http/router.ts';
import { callerOf, participantOf, signedInCaller } from './caller.ts';
import type { ChatDependencies } from './dependencies.ts';
import { sendMessageOperation } from './send-message.ts';

/** The routes that the chat function serves. */
export function chatOperations(deps: ChatDependencies): Operation {
  return route({
    createConversation: create(deps),
    sendMessage: sendMessageOperation(deps),
    getConversation: read(deps),
    resumeConversation: resume(deps),
    giveFeedback: feedback(deps),
    revealPseudonym: reveal(deps),
    getHealth: async () => json(200, { status: 'ok' }),
  });
}

/** `POST /v1/conversations` */
function create(deps: ChatDependencies): Operation {
  return async (event) => {
    const caller = callerOf(event);
    if (caller.kind === 'refused') return caller.result;
    const body = parseBody(event, CreateConversationRequest, { optional: true });
    if (body.kind === 'problem') return problemResult(body.problem);
    return answer(await createConversation(deps, body.value, caller.principal), (created) => json(201, created));
  };
}

/** `GET /v1/conversations/{id}` */
function read(deps: ChatDependencies): Operation {
  return async (event) => {
    const caller = signedInCaller(event);
    if (caller.kind === 'refused') return caller.result;
    const after = event.queryStringParameters?.['after'];
    const request = { conversationId: event.pathParameters?.['id'] ?? '', principal: caller.principal, ...(after === undefined ? {} : { after }) };
    const result = await readTranscript(deps, request);
    if (caller.principal.kind === 'staff') {
      const { staffId } = caller.principal;
      (await deps.observe()).info('staff read a transcript', { operation: 'getConversation', conversationId: request.conversationId, staffId, outcome: result.kind });
    }
    return answer(result, (transcript) => json(200, transcript));
  };
}

/** `POST /v1/conversations/{id}/token`. Who calls does not matter: the resume token is what counts. */
function resume(deps: ChatDependencies): Operation {
  return async (event) => {
    const caller = callerOf(event);
    if (caller.kind === 'refused') return caller.result;
    const body = parseBody(event, ResumeRequest);
    if (body.kind === 'problem') return problemResult(body.problem);
    return answer(await resumeConversation(deps, event.pathParameters?.['id'] ?? '', body.value.resumeToken), (token) => json(200, token));
  };
}

/** `POST /v1/conversations/{id}/feedback` */
function feedback(deps: ChatDependencies): Operation {
  return async (event) => {
    const caller = participantOf(event);
    if (caller.kind === 'refused') return caller.result;
    const body = parseBody(event, FeedbackRequest);
    if (body.kind === 'problem') return problemResult(body.problem);
    return answer(await giveFeedback(deps, caller.principal.conversationId, caller.principal, body.value), noContent);
  };
}

/** `POST /v1/conversations/{id}/reveals`. Each attempt is noted, the refused ones too. */
function reveal(deps: ChatDependencies): Operation {
  return async (event) => {
    const caller = signedInCaller(event);
    if (caller.kind === 'refused') return caller.result;
    const body = parseBody(event, RevealRequest);
    if (body.kind === 'problem') return problemResult(body.problem);
    const { revealPseudonym } = await import('../../domain/turn/reveal-pseudonym.ts');
    const { principal } = caller;
    const conversationId = event.pathParameters?.['id'] ?? '';
    const result = await revealPseudonym(deps, { conversationId, principal, request: body.value });
    if (principal.kind === 'staff') (await deps.observe()).info('staff asked for a pseudonym', { operation: 'revealPseudonym', conversationId, staffId: principal.staffId, outcome: result.kind });
    return answer(result, (revealed) => json(200, revealed));
  };
}

const answer = <T>(result: Result<T>, ok: (value: T) => HttpResult): HttpResult =>
  result.kind === 'ok' ? ok(result.value) : problemResult(result.problem, result.retryAfterSeconds);
