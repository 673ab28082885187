export * from './delivery-pipeline.ts';
export * from './gradual-deployment.ts';
export * from './pre-traffic-check.ts';
