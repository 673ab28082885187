import type { Json } from './assembly.ts';

/**
 * A template as readable JSON in which what changes with every edit of code is replaced: hashes of assets, versions and deployments.
 * Everything else is there to the letter.
 */
export function stableText(template: Json): string {
  return `${JSON.stringify(template, undefined, 1)}\n`
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<asset>')
    .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<version>')
    .replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<deployment>');
}

/** The same with the environment's own name taken out, so that two environments can be compared. */
export function nameless(text: string, environment: string): string {
  return text.replaceAll(`chatbot-${environment}`, 'chatbot-<environment>').replaceAll(`"${environment}/`, '"<environment>/').replaceAll(`"Value": "${environment}"`, '"Value": "<environment>"').replaceAll(`"${environment}"`, '"<environment>"');
}
