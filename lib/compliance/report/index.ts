export * from './files.ts';
export * from './render.ts';
export type * from './views.ts';
export { headline } from './count.ts';
