import type { ConversationTokens } from '../../domain/identity/types.ts';
import type { SecondOpinionUse } from '../../domain/redaction/second-opinion.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What the conversation routes need: all that the domain's functions ask for, and where to report. */
export interface ChatDependencies extends TurnDependencies {
  readonly tokens: ConversationTokens;
  readonly observe: LazyObserver;
  /** A fresh secret of 32 random bytes, in base64url. */
  readonly newSecret: () => string;
  /** Another recogniser of personal data for what staff reads. @default - the project's own detectors alone */
  readonly secondOpinion?: SecondOpinionUse;
  /** Begins to load what a turn will need; called while the store is asked. @default - nothing is loaded ahead */
  readonly prefetch?: () => void;
}
