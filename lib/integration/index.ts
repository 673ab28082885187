export * from './vendor-credentials.ts';
