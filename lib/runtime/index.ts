export * from './service-function.ts';
export * from './log-retention.ts';
export { maskingPolicy } from './masking.ts';
