export * from './data-subject-roles.ts';
