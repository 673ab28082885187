export * from './data-stack.ts';
export * from './edge-stack.ts';
export * from './service-stack.ts';
export * from './operations-stack.ts';
