import * as z from 'zod';

/** What an option's documentation holds beside its type. */
export interface OptionMeta {
  /** What it does, in one or two sentences. */
  readonly description: string;
  /** Unit of the value, when its name does not say it. */
  readonly unit?: string;
  /** What to change when the value is refused. */
  readonly mend?: string;
}

/** Documents an option: every leaf and section of the schema goes through here, so that `config -- --explain` can tell. */
export function option<S extends z.ZodType>(schema: S, meta: OptionMeta): S {
  return schema.meta({ ...schema.meta(), ...meta });
}

/** Why a safety setting is switched off. */
const Disabled = z.strictObject({
  enabled: z.literal(false),
  reason: option(z.string().min(20), {
    description: 'Why this safety setting is switched off; it is shown to reviewers.',
    mend: 'Say in a sentence (20 characters or more) why this environment does without it.',
  }),
});

/** A safety setting: on with its options, or off with a reason. */
export function safety<S extends z.ZodRawShape>(shape: S, description: string) {
  return option(z.discriminatedUnion('enabled', [z.strictObject({ enabled: z.literal(true), ...shape }), Disabled]), { description });
}

/** ARN of a service. */
export function arn(service: string, description: string) {
  return option(z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:(\\d{12})?:.+$`), `must be an ARN of ${service}`), { description });
}

/** Whole number in a range. */
export function whole(min: number, max: number, meta: OptionMeta) {
  return option(z.int().min(min).max(max), meta);
}
