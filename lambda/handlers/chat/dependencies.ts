import type { ConversationTokens } from '../../domain/identity/types.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What the conversation routes need: all that the domain's functions ask for, and where to report. */
export interface ChatDependencies extends TurnDependencies {
  readonly tokens: ConversationTokens;
  readonly observe: LazyObserver;
  /** Begins to load what a turn will need; called while the store is asked. @default - nothing is loaded ahead */
  readonly prefetch?: () => void;
}
