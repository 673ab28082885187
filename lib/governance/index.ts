export * from './data-class.ts';
export * from './iam-path.ts';
