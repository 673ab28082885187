export * from './second-opinion.ts';
