export * from './audit-trail.ts';
export * from './no-access-records.ts';
export { BreachWatch, breachLogGroup } from './breach-watch.ts';
export type { BreachWatchProps } from './breach-watch.ts';
