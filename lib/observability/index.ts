export * from './alarm.ts';
export * from './topics.ts';
export * from './dashboard.ts';
export * from './estate-metric.ts';
