export * from './guardrail.ts';
export * from './model-access.ts';
