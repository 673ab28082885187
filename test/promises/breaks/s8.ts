import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S8', file: 'lib/runtime/work-queue.ts', find: "conditions: { ArnEquals: { 'aws:SourceArn': busArn } },", replace: '', means: 'any event bus of anybody fills the dead-letter queue' },
  { promise: 'S8', file: 'lib/identity/signing-secret.ts', find: ', sourceAccount: Aws.ACCOUNT_ID }', replace: ' }', means: 'Secrets Manager may start the rotation for anybody’s secret' },
];
