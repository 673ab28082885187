import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'P4', file: 'lambda/domain/answer/gate.ts', find: 'export const MAX_HELD_CHARACTERS = 200;', replace: 'export const MAX_HELD_CHARACTERS = 2_000;', means: 'a text without sentences is held back' },
  { promise: 'P4', file: 'lambda/domain/answer/gate.ts', find: 'if (held.length < MAX_HELD_CHARACTERS) return undefined;', replace: 'if (held.length < 10 * MAX_HELD_CHARACTERS) return undefined;', means: 'a text without sentences is held back for ten times as long' },
  { promise: 'P4', file: 'lambda/domain/answer/gate.ts', find: "if (held.length < MAX_HELD_CHARACTERS) return undefined;", replace: "if (held.length < MAX_HELD_CHARACTERS) return held.endsWith(' ') ? { text: held, ends: false } : undefined;", means: 'words leave before their sentence passed' },
  { promise: 'P4', file: 'lambda/domain/answer/gate.ts', find: 'const SENTENCE_END = /[.!?…。！？]', replace: 'const SENTENCE_END = /[!?…。！？]', means: 'a sentence waits for the next but one' },
];
