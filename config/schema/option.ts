import * as z from 'zod';

/** What an option's documentation holds beside its type. */
export interface OptionMeta {
  /** What it does, in one or two sentences. */
  readonly description: string;
  /** Unit of the value, when its name does not say it. */
  readonly unit?: string;
  /** What is allowed, in words, when the type does not tell: a pattern's meaning with an example. */
  readonly allowed?: string;
  /** What to change when the value is refused. */
  readonly mend?: string;
}

/** Documents an option: every leaf and section of the schema goes through here, so that `config -- --explain` can tell. */
export function option<S extends z.ZodType>(schema: S, meta: OptionMeta): S {
  return schema.meta({ ...schema.meta(), ...meta });
}

/** Text of a pattern, whose meaning is said in words. */
export function text(pattern: RegExp, allowed: string) {
  return z.string().regex(pattern, `must be ${allowed}`).meta({ allowed });
}

/** AWS region, by its code. */
export const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1');

/** Why safety is weakened, in a sentence that reviewers read: it stands in the accepted risk. */
export function reason(description: string, mend: string) {
  return option(z.string().trim().min(20).max(500), { description: `${description}; it stands in the accepted risk of what rules find without it.`, mend: `Say in a sentence (20 characters or more) ${mend}.` });
}

/** Why a safety setting is switched off. */
const Disabled = z.strictObject({
  enabled: option(z.literal(false), { description: 'Off; a reason says why.' }),
  reason: reason('Why this safety setting is switched off', 'why this environment does without it'),
});

/** A safety setting: on with its options, or off with a reason. */
export function safety<S extends z.ZodRawShape>(shape: S, description: string) {
  const enabled = option(z.literal(true), { description: 'On, with the options beside it.' });
  return option(z.discriminatedUnion('enabled', [z.strictObject({ enabled, ...shape }), Disabled]), { description });
}

/**
 * ARN of a resource of a service.
 * @param resource pattern of what follows the account, for instance `key/.+`: an alias or a rule group of the same service is refused.
 * @param example what follows the account in an example.
 */
export function arn(service: string, resource: string, example: string, description: string) {
  const where = service === 'iam' ? '' : 'eu-central-1';
  const allowed = `an ARN such as arn:aws:${service}:${where}:111122223333:${example}`;
  return option(text(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:${resource}$`), allowed), { description });
}

/** Whole number in a range. */
export function whole(min: number, max: number, meta: OptionMeta) {
  return option(z.int().min(min).max(max), meta);
}
