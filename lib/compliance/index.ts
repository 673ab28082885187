export * from './accept-risk.ts';
export * from './packs.ts';
