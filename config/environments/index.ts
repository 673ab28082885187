// One line for each environment: `export { <name> } from './<name>.ts';`, or `export { prodEu as 'prod-eu' }` for a name with a hyphen.
export { dev } from './dev.ts';
export { staging } from './staging.ts';
export { prod } from './prod.ts';
