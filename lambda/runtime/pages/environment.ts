import { ENV } from '../../contracts/env.ts';
import type { PageSettings } from '../../contracts/settings.ts';

/** What the page function reads from its environment. */
export interface PageEnvironment {
  /** Version of this release. */
  readonly release: string;
  readonly settings: PageSettings;
}

/** An origin as `frame-ancestors` takes it: scheme, host (one leading `*.` allowed) and port, nothing else. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i;

function readSettings(json: string | undefined): PageSettings {
  let settings: unknown;
  try {
    settings = JSON.parse(json ?? '');
  } catch {
    settings = undefined;
  }
  const origins: unknown = typeof settings === 'object' && settings !== null && 'embedOrigins' in settings ? settings.embedOrigins : undefined;
  if (!Array.isArray(origins)) throw new Error(`${ENV.settings} must be JSON with an array "embedOrigins"; it is ${json ?? 'not set'}. Set it in the construct of the page function.`);
  const embedOrigins = origins.map((origin: unknown) => {
    // Anything else would change the meaning of the Content-Security-Policy that it is written into.
    if (typeof origin !== 'string' || !ORIGIN.test(origin)) throw new Error(`embedOrigins has ${JSON.stringify(origin)}; an origin looks like https://shop.example. Correct it in the configuration of the environment.`);
    return origin;
  });
  return { embedOrigins };
}

/**
 * Reads the environment of the page function.
 * @param env The process environment, unless a test brings its own.
 * @throws Error when a variable is missing or wrong.
 */
export function readPageEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): PageEnvironment {
  const release = env[ENV.release];
  if (!release) throw new Error(`${ENV.release} is not set. Set it in the construct of the page function.`);
  return { release, settings: readSettings(env[ENV.settings]) };
}
