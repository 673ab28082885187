export * from './guardrail.ts';
export * from './model-access.ts';
export * from './no-guardrail.ts';
