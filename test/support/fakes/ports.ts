import type { TurnMessage } from '../../../lambda/contracts/events.ts';
import type { Model, ModelChunk, ModelRequest } from '../../../lambda/domain/answer/ports.ts';
import type { Cipher, EventPublisher, SubjectKeys, TurnQueue } from '../../../lambda/domain/conversation/ports.ts';
import type { OutboxEvent } from '../../../lambda/domain/conversation/types.ts';
import { ModelUnavailable, TamperedText } from '../../../lambda/domain/errors.ts';
import type { ConversationTokens } from '../../../lambda/domain/identity/types.ts';
import { PROMPT_VERSION } from '../../../lambda/domain/answer/prompt.ts';
import type { FakeTime } from './time.ts';

/** Keys that hold the subject's id: enough to see that the right one was used. */
export const fakeKeys: SubjectKeys = {
  create: async (subject, expiresAt) => {
    const key = Buffer.from(`key of ${subject}`);
    return { key: { subject, key }, wrapped: { subject, wrapped: key, expiresAt } };
  },
  open: async ({ subject, wrapped }) => ({ subject, key: wrapped }),
};

/** A cipher that hides nothing and notices a wrong key or place, as the real one does. */
export const fakeCipher: Cipher = {
  seal: ({ key }, place, text) => ({ ciphertext: Buffer.from([Buffer.from(key).toString(), place, text].join('\u0000')) }),
  open: ({ key }, place, { ciphertext }) => {
    const [sealedKey, sealedPlace, ...text] = Buffer.from(ciphertext).toString().split('\u0000');
    if (sealedKey !== Buffer.from(key).toString() || sealedPlace !== place) throw new TamperedText(`sealed for ${sealedPlace}, opened at ${place}`);
    return text.join('\u0000');
  },
};

/** Tokens that say what they are for. */
export const fakeTokens: ConversationTokens = {
  issue: async ({ conversationId, subject }) => `token of ${conversationId} for ${subject}`,
  verify: async (token) => {
    const found = /^token of (\S+) for (\S+)$/.exec(token);
    return found === null ? undefined : { conversationId: found[1] ?? '', subject: found[2] ?? '' };
  },
};

/** A queue that keeps what is sent. */
export function fakeQueue(): TurnQueue & { readonly sent: TurnMessage[] } {
  const sent: TurnMessage[] = [];
  return {
    sent,
    send: async (message) => {
      sent.push(message);
    },
  };
}

/** A publisher that takes everything, but what `refuses` says. */
export function fakePublisher(refuses: (event: OutboxEvent) => boolean = () => false): EventPublisher & { readonly published: OutboxEvent[] } {
  const published: OutboxEvent[] = [];
  return {
    published,
    publish: async (events) => {
      const taken = events.filter((event) => !refuses(event));
      published.push(...taken);
      return new Set(taken.map((event) => event.detail.eventId));
    },
  };
}

/** A step of a scripted model: time that passes, then text, an end, or a failure. */
export type ModelStep = { readonly after?: number } & ({ readonly text: string } | { readonly end: 'complete' | 'length' | 'guardrail' } | { readonly fails: true });

/** A model that follows a script, again for each call. 100 tokens in, 20 out; 2 and 8 millionths of a USD a token. */
export function fakeModel(time: FakeTime, script: readonly ModelStep[]): Model & { readonly requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  return {
    requests,
    id: 'model-x',
    promptVersion: PROMPT_VERSION,
    maxTokens: 200,
    price: (input, output) => input * 2 + output * 8,
    async *stream(request): AsyncGenerator<ModelChunk> {
      requests.push(request);
      for (const step of script) {
        if (step.after !== undefined) await time.wait(step.after, request.signal);
        if (request.signal.aborted || 'fails' in step) throw new ModelUnavailable('scripted');
        if ('text' in step) yield { type: 'text', text: step.text };
        else yield { type: 'end', inputTokens: 100, outputTokens: 20, stopReason: step.end };
      }
    },
  };
}
