import { valueAt } from '../../template/resolve.ts';
import type { Estate } from '../../template/types.ts';
import { textOf } from '../../template/value.ts';
import { anyOf, type Answer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { RECORDED, records, recordsCalls, trailsOf } from '../trails.ts';
import { trailsInto, type Source } from './sources.ts';

/** Events of CloudTrail that an alarm stands on. */
export interface Wanted {
  /** Service whose calls are recorded, e.g. `kms.amazonaws.com`. */
  readonly service: string;
  /** Whether they only read, as `Decrypt` does: rules get such events in one state alone. */
  readonly reads: boolean;
  /** Whether they are data events of stores, rather than management events. */
  readonly data: boolean;
}

/** Whether what an alarm counts comes about at all, and why not. */
export interface Sight {
  /** Undefined: nothing of the template tells. */
  readonly sees: Answer;
  /** Empty when nothing is to be said. */
  readonly why: string;
}

const ALL_EVENTS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** Whether a metric filter or a rule gets the events that it looks for. What CloudTrail does not record, nobody sees. */
export function sightOf(estate: Estate, source: Source, wanted: Wanted, { outsideTrail }: Parameters): Sight {
  if (!source.trail) return { sees: true, why: '' };
  const { resource } = source;
  const isRule = resource.type === 'AWS::Events::Rule';
  if (isRule && wanted.reads && !wanted.data) {
    const state = valueAt(estate, resource, 'State');
    if (state.kind === 'unknown') return { sees: undefined, why: `the state of ${resource.logicalId} is not told` };
    if (textOf(state) !== ALL_EVENTS) return { sees: false, why: `${resource.logicalId} never gets calls that only read: its State has to be ${ALL_EVENTS}` };
  }
  const bus = valueAt(estate, resource, 'EventBusName');
  if (isRule && bus.kind !== 'absent' && textOf(bus) !== 'default') return { sees: undefined, why: `${resource.logicalId} stands on a bus of its own, which CloudTrail tells nothing by itself` };
  const trails = isRule ? trailsOf(estate) : trailsOf(estate).filter((trail) => trailsInto(estate, resource).includes(trail));
  const stores = wanted.data ? estate.resources.filter(({ type }) => type in RECORDED) : [];
  const recorded = anyOf(trails.flatMap((trail) => (wanted.data ? stores.map((store) => records(estate, trail, store)) : [recordsCalls(estate, trail, wanted.service)])));
  if (recorded === true) return { sees: true, why: '' };
  if (outsideTrail !== undefined) return { sees: true, why: `as far as ${outsideTrail} records these calls` };
  return { sees: undefined, why: `${resource.logicalId} sees what CloudTrail records, and no trail of the templates ${isRule ? '' : 'that writes to its log group '}is known to record ${wanted.data ? 'data events of a store' : `management events of ${wanted.service} with reads`}: name one outside them in the parameter outsideTrail` };
}
