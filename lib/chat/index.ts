export * from './chat-service.ts';
export * from './event-flow.ts';
export * from './turn-settings.ts';
