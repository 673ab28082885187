export * from './chat-pages.ts';
