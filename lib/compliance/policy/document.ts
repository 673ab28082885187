import { isObject } from '../template/resolve.ts';
import type { Json, Resource, Estate } from '../template/types.ts';
import type { Value } from '../template/value.ts';
import { anyHole, hasHole, readable } from './hole.ts';
import { textIn } from './identity.ts';
import { statementsOf, type Statement } from './statement.ts';

/** A statement of a template's policy, and where it stands. */
export interface PolicyStatement {
  readonly statement: Statement;
  /** Resource in whose properties it stands. */
  readonly source: Resource;
  /** Path of it, e.g. `PolicyDocument.Statement[2]`. */
  readonly property: string;
  /** Why it may not stand there as it is written, or at all. @default - it does */
  readonly uncertain?: string;
}

/**
 * Statements of a policy document in a template, references resolved. What cannot be read is a statement that may allow and may deny
 * everything. Never throws.
 */
export function documentOf(estate: Estate, source: Resource, property: string, document: Value): PolicyStatement[] {
  const condition = source.attributes['Condition'];
  const conditional = typeof condition === 'string' ? `${source.logicalId} depends on the condition ${condition}` : undefined;
  const parsed = parsedText(plain(estate, source, document));
  if (parsed === undefined || parsed === null) return [];
  // The policy of an event bus may be a statement without a document around it.
  const statements = isObject(parsed) && parsed['Effect'] === undefined ? parsed['Statement'] : parsed;
  return (Array.isArray(statements) ? (statements as readonly Json[]) : [statements ?? null]).flatMap((each, index): PolicyStatement[] => {
    const place = { source, property: `${property}.Statement[${index}]` };
    const read = readStatement(each);
    if (typeof read === 'string') return (['Allow', 'Deny'] as const).map((effect): PolicyStatement => ({ source, property: place.property, statement: { effect, actions: ['*'], resources: ['*'], principals: { '*': ['*'] }, conditions: {} }, uncertain: read }));
    return [{ ...place, statement: read, ...(conditional !== undefined && { uncertain: conditional }) }];
  });
}

/** A statement, or why it cannot be read. */
function readStatement(json: Json): Statement | string {
  if (typeof json === 'string' && hasHole(json)) return readable(json);
  if (!isObject(json)) return 'what stands there is no statement';
  if (typeof json['Effect'] === 'string' && hasHole(json['Effect'])) return `its effect is ${readable(json['Effect'])}`;
  if (json['NotPrincipal'] !== undefined) return 'NotPrincipal, which this evaluation does not follow';
  try {
    const [statement] = statementsOf({ Statement: json });
    return statement ?? 'what stands there is no statement';
  } catch (error) {
    return error instanceof Error ? error.message : 'what stands there is no statement';
  }
}

/** JSON in which text stands for every value. Variables of IAM (`${aws:username}`) are known when a request is made. */
function plain(estate: Estate, source: Resource, value: Value): Json | undefined {
  if (value.kind === 'absent') return undefined;
  if (value.kind === 'list') return value.items.flatMap((item) => plain(estate, source, item) ?? []);
  if (value.kind === 'map') return Object.fromEntries(Object.entries(value.members).flatMap(([name, member]) => {
    const json = plain(estate, source, member);
    return json === undefined ? [] : [[name, json]];
  }));
  return textIn(estate, source, value).replace(/\$\{([^}]*)\}/g, (_, name: string) => anyHole(name));
}

function parsedText(json: Json | undefined): Json | undefined {
  if (typeof json !== 'string' || !json.trimStart().startsWith('{')) return json;
  try {
    return JSON.parse(json) as Json;
  } catch {
    return json;
  }
}
