export * from './signing-secret.ts';
export * from './staff-pool.ts';
export * from './request-authorizer.ts';
