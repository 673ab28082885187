import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S10', file: 'lambda/domain/turn/send-message.ts', find: "if (claimed === 'over-quota') return", replace: "if (claimed === 'over-quota' && message.text === '') return", means: 'a subject over quota is told that the turn is in flight' },
  { promise: 'S10', file: 'lambda/domain/turn/settle.ts', find: 'spentTokens: spent.tokens, spentMicroUsd', replace: 'spentTokens: 0, spentMicroUsd', means: 'what a turn used is forgotten when it settles' },
  { promise: 'S10', file: 'lambda/domain/turn/settle.ts', find: "? 'spend-limit' : undefined;", replace: '? undefined : undefined;', means: 'a conversation goes on when it is spent' },
];
