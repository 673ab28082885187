export * from './conversation-store.ts';
