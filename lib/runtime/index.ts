export * from './service-function.ts';
export * from './grantee.ts';
export * from './log-retention.ts';
export { maskingPolicy } from './masking.ts';
export { DeadLetterQueue, grantConsume, grantSend } from './work-queue.ts';
