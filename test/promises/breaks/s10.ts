import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S10', file: 'lambda/domain/turn/send-message.ts', find: "if (claimed === 'over-quota') return", replace: "if (claimed === 'over-quota' && message.text === '') return", means: 'a subject over quota is told that the turn is in flight' },
  { promise: 'S10', file: 'lambda/domain/turn/send-message.ts', find: 'problem: tooManyRequests(), retryAfterSeconds: OUTAGE_RETRY_SECONDS }', replace: 'problem: tooManyRequests(), retryAfterSeconds: secondsToNextDay(deps.now()) }', means: 'who waits for running turns only is sent away until tomorrow' },
  { promise: 'S10', file: 'lambda/domain/turn/settle.ts', find: 'spentTokens: spent.tokens, spentMicroUsd', replace: 'spentTokens: 0, spentMicroUsd', means: 'what a turn used is forgotten when it settles' },
  { promise: 'S10', file: 'lambda/domain/turn/settle.ts', find: "? 'spend-limit' : undefined;", replace: '? undefined : undefined;', means: 'a conversation goes on when it is spent' },
  { promise: 'S10', file: 'lambda/domain/conversation/claim.ts', find: 'reservedTokens: PAID_ATTEMPTS * reservation.tokens', replace: 'reservedTokens: 0', means: 'a claim reserves no tokens' },
  { promise: 'S10', file: 'lambda/domain/conversation/claim.ts', find: 'reservedMicroUsd: PAID_ATTEMPTS * reservation.microUsd', replace: 'reservedMicroUsd: 0', means: 'a claim reserves no money' },
  { promise: 'S10', file: 'lambda/domain/conversation/claim.ts', find: 'reservedTokens: PAID_ATTEMPTS * reservation.tokens', replace: 'reservedTokens: reservation.tokens', means: 'a claim reserves for one attempt, and three ask the model' },
  { promise: 'S10', file: 'lambda/domain/conversation/quota.ts', find: ' || spent.microUsd >= Math.round(conversation.usd * 1_000_000)', replace: '', means: 'the money of a conversation has no limit' },
  { promise: 'S10', file: 'lambda/domain/conversation/quota.ts', find: 'microUsd: Math.round(usdPerDay * 1_000_000)', replace: 'microUsd: Infinity', means: 'the money of a day has no limit' },
];
