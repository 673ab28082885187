import { compose } from '../runtime/compose.ts';
import type { FunctionContext } from '../runtime/http/event.ts';
import { withPreTraffic } from '../runtime/pre-traffic.ts';
import { turnWorkerRoot } from '../runtime/roots/turn-worker.ts';
import { finishTurns, type QueueEvent } from './turn-worker/batch.ts';

const { dependencies, readiness } = compose(turnWorkerRoot);

/** Finishes turns that took longer than the interim reply could wait. */
export const handler = withPreTraffic(readiness, (event: QueueEvent, context: FunctionContext) => finishTurns(dependencies, event, context));
