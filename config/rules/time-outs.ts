import type { EnvironmentDraft } from '../draft.ts';
import type { Rule } from './rule.ts';

/** Seconds that the turn worker keeps beside the model call: reading the conversation, deciding, and committing the turn. */
export const WORKER_MARGIN_SECONDS = 10;

/** Seconds that the chat function keeps beside the wait for a model: claiming a turn, and storing or handing it over. */
export const CHAT_MARGIN_SECONDS = 7;

interface Link {
  readonly path: string;
  readonly seconds: number | undefined;
}

/** Pairs of which the first must be the shorter; `margin` in seconds, `why` says what breaks otherwise. */
function pairs(environment: EnvironmentDraft): readonly { readonly inner: Link; readonly outer: Link; readonly margin?: number; readonly why: string }[] {
  const { api, conversation, functions } = environment;
  const model = environment.model?.provider === 'bedrock' || environment.model?.provider === 'openai-compatible' ? environment.model : undefined;
  const interim = conversation?.interimAfterMilliseconds;
  const gateway: Link = { path: 'api.integrationTimeoutSeconds', seconds: api?.integrationTimeoutSeconds };
  const chat: Link = { path: 'functions.chat.timeoutSeconds', seconds: functions?.chat?.timeoutSeconds };
  const call: Link = { path: 'model.timeoutSeconds', seconds: model?.timeoutSeconds };
  return [
    { inner: { path: 'conversation.interimAfterMilliseconds', seconds: interim === undefined ? undefined : interim / 1_000 }, outer: call, why: 'the model call would end before the client is told that the answer is pending' },
    { inner: { path: 'conversation.interimAfterMilliseconds', seconds: interim === undefined ? undefined : interim / 1_000 }, outer: chat, margin: CHAT_MARGIN_SECONDS, why: 'there would be no time to claim and store a turn, and every message would be refused' },
    { inner: call, outer: chat, margin: CHAT_MARGIN_SECONDS, why: 'the function would be stopped before it can fall back and store the turn' },
    { inner: chat, outer: gateway, why: 'the gateway would answer 504 for a turn that is still being stored' },
    { inner: { path: 'functions.pages.timeoutSeconds', seconds: functions?.pages?.timeoutSeconds }, outer: gateway, why: 'the gateway would answer 504 while the function still runs' },
    { inner: { path: 'functions.authorizer.timeoutSeconds', seconds: functions?.authorizer?.timeoutSeconds }, outer: gateway, why: 'the gateway would give up while the authorizer still runs' },
    {
      inner: { path: 'model.workerTimeoutSeconds', seconds: model?.workerTimeoutSeconds },
      outer: { path: 'functions.turnWorker.timeoutSeconds', seconds: functions?.turnWorker?.timeoutSeconds },
      margin: WORKER_MARGIN_SECONDS,
      why: 'the worker would be stopped before it can store the turn',
    },
  ];
}

/** Each wait ends before the one around it. */
export const timeOuts: Rule = {
  id: 'time-out-chain',
  demands: 'Each time-out is shorter than the one around it: interim reply, model call, chat function, gateway; and model call, turn worker.',
  check: (environment) =>
    pairs(environment).flatMap(({ inner, outer, margin = 0, why }) => {
      if (inner.seconds === undefined || outer.seconds === undefined || inner.seconds + margin < outer.seconds) return [];
      const more = margin > 0 ? ` and the ${margin} s beside it` : '';
      return [
        {
          path: inner.path,
          value: inner.path.endsWith('Milliseconds') ? inner.seconds * 1_000 : inner.seconds,
          problem: `With \`${outer.path}\` at ${outer.seconds} s ${why}.`,
          allowed: `less than ${outer.path} (${outer.seconds} s)${margin > 0 ? `, less ${margin} s` : ''}`,
          mend: `Lower it, or raise \`${outer.path}\` above ${inner.seconds} s${more}.`,
        },
      ];
    }),
};
