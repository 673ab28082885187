export * from './estate-keys.ts';
