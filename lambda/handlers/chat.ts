import { compose } from '../runtime/compose.ts';
import { chatRoot } from '../runtime/roots/chat.ts';
import { streamHandler } from '../runtime/stream-handler.ts';
import { chatOperations } from './chat/operations.ts';

const { dependencies, readiness, origins } = compose(chatRoot);

/** The conversation routes and health, streamed. */
export const handler = streamHandler({ operation: chatOperations(dependencies), readiness, observe: dependencies.observe, origins });
