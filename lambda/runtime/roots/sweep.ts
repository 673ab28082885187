import { randomUUID } from 'node:crypto';
import { ENV } from '../../contracts/env.ts';
import type { SweepSettings } from '../../contracts/settings.ts';
import { requiredJson, type Variables } from '../environment.ts';
import { basics, now } from './basics.ts';
import { openPublisher } from './publisher.ts';
import { openQueue } from './queue.ts';
import { openStore } from './store.ts';

/** Composes the sweep. */
export function sweepRoot(variables: Variables) {
  const { observe, release } = basics('sweep', variables);
  const settings: SweepSettings = requiredJson(variables, ENV.settings);
  return { store: openStore(variables, 'background'), publisher: openPublisher(variables), queue: openQueue(variables), settings, release, newId: () => randomUUID(), observe, now };
}
