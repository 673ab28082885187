import { randomBytes } from 'node:crypto';
import { ENV } from '../../contracts/env.ts';
import type { ChatSettings } from '../../contracts/settings.ts';
import { required, requiredJson, type Variables } from '../environment.ts';
import { once } from '../once.ts';
import { lazyTokens } from '../ports.ts';
import type { Readiness } from '../pre-traffic.ts';
import { serviceOptions } from '../service-options.ts';
import { basics, now } from './basics.ts';
import { openGuard } from './guards.ts';
import { openQueue } from './queue.ts';
import { openSecondOpinion } from './second-opinion.ts';
import { turnDependencies } from './turn.ts';

/** Bytes of a secret that stands alone: as long as the hash that is kept of it. */
const SECRET_BYTES = 32;

/** Composes the chat function. */
export function chatRoot(variables: Variables) {
  const { observe, release } = basics('chat', variables);
  const settings: ChatSettings = requiredJson(variables, ENV.settings);
  const secretArn = required(variables, ENV.signingSecret);
  const keys = once(async () => (await import('../../adapters/secrets/signing-keys.ts')).secretSigningKeys({ client: serviceOptions(variables, 'secrets', 'interactive'), secretArn, now, guard: openGuard('secrets', 'interactive') }));
  const tokens = once(async () => {
    const [{ jwtConversationTokens }, signing] = await Promise.all([import('../../adapters/secrets/tokens.ts'), keys()]);
    return jwtConversationTokens({ keys: signing, tokenMinutes: settings.tokenMinutes, now });
  });
  const turn = turnDependencies(variables, settings, { queue: openQueue(variables), timeout: 'timeoutMilliseconds', release });
  // Loaded by the check alone: no start-up pays for it.
  const readTurn = async () => (await import('./turn-readiness.ts')).checkTurn(variables, settings, turn, 'timeoutMilliseconds');
  const readKey = async () => (await keys()).current();
  const readiness: Readiness = { release, check: () => Promise.all([readTurn(), readKey()]) };
  const secondOpinion = settings.secondOpinion === undefined ? {} : { secondOpinion: openSecondOpinion(variables, settings.secondOpinion) };
  return { dependencies: { ...turn, ...secondOpinion, tokens: lazyTokens(tokens), newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'), observe }, readiness, origins: settings.embedOrigins };
}
