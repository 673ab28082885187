import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R3', file: 'lambda/adapters/aws/retry-strategy.ts', find: "? budget.take(errorType === 'THROTTLING') : undefined;", replace: '? RETRY.cost : undefined;', means: 'retries cost nothing' },
  { promise: 'R3', file: 'lambda/domain/resilience/retry-budget.ts', find: 'Math.floor(random() * Math.min(', replace: 'Math.floor(Math.min(', means: 'all clients retry at the same moment' },
  { promise: 'R3', file: 'lambda/domain/resilience/guard.ts', find: 'if (isFault(error)) permit.failed();', replace: 'if (!isFault(error)) permit.failed();', means: 'failures are not counted, and the breaker never opens' },
];
