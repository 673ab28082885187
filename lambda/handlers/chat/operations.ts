import { CreateConversationRequest, FeedbackRequest } from '../../contracts/api.ts';
import { createConversation } from '../../domain/turn/create-conversation.ts';
import { giveFeedback } from '../../domain/turn/give-feedback.ts';
import { readTranscript } from '../../domain/turn/read-transcript.ts';
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
    giveFeedback: feedback(deps),
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

const answer = <T>(result: Result<T>, ok: (value: T) => HttpResult): HttpResult =>
  result.kind === 'ok' ? ok(result.value) : problemResult(result.problem, result.retryAfterSeconds);
