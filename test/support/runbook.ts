import type { Json } from './assembly.ts';

/** Templates of one environment by stack. */
export type Templates = Readonly<Record<string, Json>>;

/** An alarm as a template holds it. */
export interface FoundAlarm {
  readonly stack: string;
  readonly id: string;
  readonly properties: Json;
  /** What the alarm registers about itself; undefined when it does not. */
  readonly registration: Json;
}

/** Every alarm of an environment. */
export function alarmsIn(templates: Templates): FoundAlarm[] {
  return Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries<Json>(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
      .map(([id, { Properties, Metadata }]) => ({ stack, id, properties: Properties, registration: Metadata?.['chatbot:alarm'] })),
  );
}

/**
 * Subscriptions that hear an action of an alarm. An ARN written out is a topic that was brought: who hears it is
 * subscribed where it was made, so it counts as `brought`.
 */
export function hearersOf(action: Json, stack: string, templates: Templates): string[] {
  if (typeof action === 'string') return action.startsWith('arn:') ? ['brought'] : [];
  const place = topicOf(action, stack, templates);
  if (place === undefined) return [];
  const resources = Object.entries<Json>(templates[place.stack].Resources);
  return resources.filter(([, { Type, Properties }]) => Type === 'AWS::SNS::Subscription' && Properties.TopicArn?.Ref === place.id && Properties.Endpoint).map(([id]) => id);
}

/** Where the topic of an action stands: in the same stack, or behind an output of another one. */
function topicOf(action: Json, stack: string, templates: Templates): { readonly stack: string; readonly id: string } | undefined {
  if (action?.Ref !== undefined) return templates[stack].Resources[action.Ref]?.Type === 'AWS::SNS::Topic' ? { stack, id: action.Ref } : undefined;
  const output = action?.['Fn::GetStackOutput']?.OutputName;
  const owner = Object.keys(templates).find((name) => name !== stack && templates[name].Outputs?.[output] !== undefined);
  return owner === undefined ? undefined : topicOf(templates[owner].Outputs[output].Value, owner, templates);
}

/** Chapters of alarms: headings of the second level in lower case with hyphens, each with its text. */
export function chaptersOf(markdown: string): Map<string, string> {
  const sections = markdown.split(/^(?=#{1,2} )/m);
  return new Map(sections.flatMap((section) => {
    const heading = /^## ([a-z0-9]+(?:-[a-z0-9]+)*)$/m.exec(section.split('\n', 1)[0] ?? '')?.[1];
    return heading === undefined ? [] : [[heading, section] as const];
  }));
}

/** Anchors of all headings, as GitHub makes them. */
export function anchorsOf(markdown: string): Set<string> {
  return new Set([...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => (heading ?? '').toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-')));
}

/** Physical names that the commands use, with the prefix written in: `$PREFIX-chat` becomes `chatbot-prod-chat`. */
export function namesIn(markdown: string, prefix: string): Set<string> {
  return new Set([...markdown.matchAll(/\$PREFIX([-/][a-z0-9][a-z0-9/-]*[a-z0-9])/g)].map(([, rest]) => `${prefix}${rest ?? ''}`));
}

/** Every text in a value of any form. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
