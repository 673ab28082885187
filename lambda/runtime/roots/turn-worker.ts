import { ENV } from '../../contracts/env.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { TurnQueue } from '../../domain/conversation/ports.ts';
import { requiredJson, type Variables } from '../environment.ts';
import type { Readiness } from '../pre-traffic.ts';
import { basics } from './basics.ts';
import { turnDependencies } from './turn.ts';

/** The worker hands no turn on, and has no right to. */
const NO_QUEUE: TurnQueue = { send: () => Promise.reject(new Error('The turn worker hands no turn on.')) };

/** Composes the turn worker. */
export function turnWorkerRoot(variables: Variables) {
  const { observe, release } = basics('turn-worker', variables);
  const settings: TurnSettings = requiredJson(variables, ENV.settings);
  const turn = turnDependencies(variables, settings, { queue: NO_QUEUE, timeout: 'workerTimeoutMilliseconds', release });
  const readiness: Readiness = { release, check: async () => (await import('./turn-readiness.ts')).checkTurn(variables, settings, turn, 'workerTimeoutMilliseconds') };
  return { dependencies: { ...turn, observe }, readiness };
}
