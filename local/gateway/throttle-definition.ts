import { arrayOf, numberOf, objectOf, textOf } from '../json.ts';

/** A token bucket's size and speed. */
export interface Throttle {
  /** Requests a second, 0 or more. */
  readonly rate: number;
  /** Requests at once, 0 or more. */
  readonly burst: number;
}

/**
 * Reads the throttles of a stage's method settings. API Gateway counts each method by itself, also where the setting is
 * for all of them; a setting for a method replaces the one for all.
 * @returns the throttle of a method; undefined when it has none
 */
export function methodThrottles(settings: unknown): (path: string, httpMethod: string) => Throttle | undefined {
  const byMethod = new Map<string, Throttle>();
  for (const entry of arrayOf(settings).map(objectOf)) {
    const rate = numberOf(entry['ThrottlingRateLimit']) ?? -1;
    const burst = numberOf(entry['ThrottlingBurstLimit']) ?? -1;
    // -1 is how API Gateway writes "no limit".
    if (rate < 0 || burst < 0) continue;
    const path = (textOf(entry['ResourcePath']) ?? '/*').replace(/^\/(?=~1)/, '').replaceAll('~1', '/');
    byMethod.set(`${textOf(entry['HttpMethod']) ?? '*'} ${path === '' ? '/' : path}`, { rate, burst });
  }
  return (path, httpMethod) => byMethod.get(`${httpMethod} ${path}`) ?? byMethod.get(`* ${path}`) ?? byMethod.get('* /*');
}
