import type { ToolSpec, ToolUse } from '../answer/ports.ts';
import type { ConversationRights, Toolbox, ToolResult } from './types.ts';

/** A tool that may be offered to identified conversations. */
export interface Tool {
  readonly spec: ToolSpec;
  /** Does it for a subject. `input` is JSON of any shape; undefined when it does not fit the tool's schema. May throw. */
  use(input: unknown, rights: ConversationRights, signal: AbortSignal): Promise<ToolResult> | undefined;
}

/** What a toolbox is opened with. */
export interface ToolboxOptions {
  /** The allow-list. */
  readonly tools: readonly Tool[];
  readonly rights: ConversationRights;
}

/** Longest input that is looked at, in UTF-16 code units. */
const LONGEST_INPUT = 1_000;
/** Calls in one turn. Who asks for more looks for something that is not theirs. */
const MOST_CALLS = 3;

const refused = (why: string): ToolResult => ({ result: why, called: false });

/**
 * The tools of one turn. Only identified conversations are offered any: an anonymous visitor owns nothing that a tool could
 * read. What is refused and what fails looks the same to whoever asked, whatever the reason inside the tool was.
 */
export function openToolbox({ tools, rights }: ToolboxOptions): Toolbox {
  const allowed = new Map(rights.identified ? tools.map((tool) => [tool.spec.name, tool]) : []);
  let calls = 0;

  async function use({ name, input }: ToolUse, signal: AbortSignal): Promise<ToolResult> {
    const tool = allowed.get(name);
    if (tool === undefined) return refused('There is no such tool.');
    if (calls >= MOST_CALLS) return refused('No more calls in this turn.');
    if (signal.aborted) return refused('There is no time left.');
    try {
      const running = tool.use(parsed(input), rights, signal);
      if (running === undefined) return refused('The input does not fit the schema of the tool.');
      calls += 1;
      return await untilAborted(running, signal);
    } catch {
      return { result: 'This cannot be looked up now.', called: true };
    }
  }

  return { specs: [...allowed.values()].map(({ spec }) => spec), use };
}

/** JSON of bounded length; undefined, which fits no tool, for anything else. */
function parsed(input: string): unknown {
  if (input.length > LONGEST_INPUT) return undefined;
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}

/** What a promise gives, unless the signal aborts first: a dependency that never answers does not hold the turn. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
