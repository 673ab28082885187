import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R4', file: 'lambda/domain/resilience/breaker.ts', find: '      if (this.probing) return undefined;\n', replace: '', means: 'half-open, every call is a probe' },
  { promise: 'R4', file: 'lambda/domain/resilience/breaker.ts', find: '      if (!this.rested()) return undefined;\n', replace: '', means: 'an open breaker does not rest' },
  { promise: 'R4', file: 'lambda/domain/resilience/breaker.ts', find: 'if (told || generation !== this.generation) return;', replace: 'if (told) return;', means: 'a call from before closes or opens the breaker' },
  { promise: 'R4', file: 'lambda/runtime/guarded.ts', find: 'else if (isFault(error)) permit.failed();', replace: '', means: 'a model that fails is asked on and on' },
];
