export * from './gradual-deployment.ts';
export * from './pre-traffic-check.ts';
