import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S4', file: 'lambda/domain/turn/read-transcript.ts', find: "if (principal.kind === 'conversation') return principal.conversationId === conversationId;", replace: "if (principal.kind === 'conversation') return true;", means: 'a token of one conversation reads another of the same subject' },
  { promise: 'S4', file: 'lambda/domain/turn/read-transcript.ts', find: 'principal.roles.some((role) => TRANSCRIPT_ROLES.includes(role))', replace: 'principal.roles.length > 0', means: 'any role of staff reads transcripts' },
  { promise: 'S4', file: 'lambda/domain/turn/resume-conversation.ts', find: '(await store.head(conversationId))?.subject ?? NOBODY;', replace: '(await store.head(conversationId))?.subject ?? NOBODY;\n    if (subject === NOBODY) return NOT_FOUND;', means: 'resuming an unknown conversation is refused after fewer calls' },
  { promise: 'S4', file: 'lambda/domain/turn/resume-conversation.ts', find: '!right || head === undefined', replace: 'head === undefined', means: 'anybody resumes any conversation' },
  { promise: 'S4', file: 'lambda/handlers/chat/caller.ts', find: "|| principal.conversationId !== event.pathParameters?.['id']", replace: '', means: 'a message goes to the conversation of the token, whatever the path says' },
];
