/** A finding, in parts. */
export interface Finding {
  /** Pack, e.g. `AwsSolutions`. */
  readonly framework: string;
  /** Id of the control, e.g. `AwsSolutions-S1`. */
  readonly control: string;
  /** Which of several findings on one resource. @default - there is one */
  readonly part?: string;
}

/** Reads a finding: `AwsSolutions::AwsSolutions-IAM5[Resource::*]`, `GDPR::G14`; undefined when it is written wrongly. */
export function parseFinding(text: string): Finding | undefined {
  const [, framework, rule, part] = /^([\w.-]+)::([\w.-]+)(?:\[(.+)\])?$/s.exec(text) ?? [];
  if (framework === undefined || rule === undefined) return undefined;
  // Stock packs write their name into the rule's id; our own ids are short.
  const control = rule.startsWith(`${framework}-`) ? rule : `${framework}-${rule}`;
  return { framework, control, ...(part === undefined ? {} : { part }) };
}
