import { STAFF_ROLES } from '../lambda/contracts/routes.ts';
import type { StaffRole } from '../lambda/contracts/routes.ts';
import { UNDRIVEN } from './foreign/provision.ts';

/** What the banner tells. */
export interface BannerFacts {
  readonly environment: string;
  readonly url: string;
  /** Base URL of the AWS endpoint that the functions call. */
  readonly awsUrl: string;
  /** Whether the user brought that endpoint. */
  readonly foreign: boolean;
  /** Folders of state and logs, as the user would type them. */
  readonly dataDir: string;
  readonly logsDir: string;
  /** Token by role; empty when there are none to give. */
  readonly tokens: ReadonlyMap<StaffRole, string>;
  /** Why there are no tokens. */
  readonly withoutTokens?: string | undefined;
  /** Whether to use colour. */
  readonly colour: boolean;
}

/** What stands in for AWS here. */
const EMULATED = 'API Gateway, Lambda, DynamoDB with streams and expiry, SQS, EventBridge and its schedules, KMS, Secrets Manager with rotation, Cognito as issuer';
/** What a deployed environment has and this one does not. */
const NOT_EMULATED = 'WAF, CodeDeploy and its canaries, CloudWatch alarms and dashboards, CloudTrail, X-Ray, IAM and key policies (nothing is refused), log masking, TLS, Bedrock models';
/** Width of the text, in characters. */
const WIDTH = 110;

/** The text that `npm start` prints once the environment answers. */
export function banner(facts: BannerFacts): string {
  const bold = (text: string): string => (facts.colour ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string): string => (facts.colour ? `\u001b[2m${text}\u001b[22m` : text);
  const row = (name: string, text: string): string => `  ${name.padEnd(14)}${text}`;
  const tokens = STAFF_ROLES.flatMap((role) => {
    const token = facts.tokens.get(role);
    return token === undefined ? [] : [row(role, faint(token))];
  });
  const notes = facts.foreign
    ? [`AWS calls go to ${facts.awsUrl} (AWS_ENDPOINT_URL), where tables, queues, keys, secrets and the event bus were created if they were missing.`, `Not driven there: ${UNDRIVEN.join('; ')}.`, 'Emulated here: API Gateway, Lambda, schedules, and the polling of queues.']
    : [`Emulated: ${EMULATED}.`];
  return [
    '',
    bold(`The environment '${facts.environment}' runs on this machine.`) + faint('  Ctrl-C stops it.'),
    '',
    row('Chat page', bold(`${facts.url}/`)),
    row('API', `${facts.url}/v1`),
    row('AWS endpoint', `${facts.awsUrl}${facts.foreign ? '  (yours)' : '  (loop-back)'}`),
    row('State', `${facts.dataDir}  (\`npm start -- --fresh\` forgets it)`),
    row('Logs', facts.logsDir),
    '',
    ...(tokens.length > 0 ? [faint('Staff tokens, valid for eight hours:'), ...tokens] : [`No staff tokens: ${facts.withoutTokens ?? 'none can be made'}`]),
    '',
    ...[...notes, `Not emulated: ${NOT_EMULATED}.`].flatMap((note) => wrap(note)).map(faint),
    '',
    '',
  ].join('\n');
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + word.length < WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
