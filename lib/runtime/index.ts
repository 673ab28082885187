export * from './service-function.ts';
export * from './log-retention.ts';
