import { compose } from '../runtime/compose.ts';
import type { FunctionContext } from '../runtime/http/event.ts';
import { sweepRoot } from '../runtime/roots/sweep.ts';
import { runSweep } from './sweep/run.ts';

const dependencies = compose(sweepRoot);

/** Closes idle conversations, passes on turns whose claim ran out, publishes what the relay missed. */
export const handler = (_event: unknown, context: FunctionContext) => runSweep(dependencies, context);
