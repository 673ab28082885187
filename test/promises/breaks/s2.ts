import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S2', file: 'lambda/domain/answer/injection-screen.ts', find: 'export const REFUSED_FROM = 0.75;', replace: 'export const REFUSED_FROM = 0.4;', means: 'ordinary questions are refused' },
  { promise: 'S2', file: 'lambda/domain/answer/injection-screen.ts', find: "readingsOf(head).join('\\n')", replace: 'head.toLowerCase()', means: 'an attempt is hidden by look-alikes and spacing' },
  { promise: 'S2', file: 'lambda/domain/answer/decide.ts', find: "score: intent === 'instructions' ? score : 0,", replace: 'score: 0,', means: 'the score of a refusal is lost' },
];
