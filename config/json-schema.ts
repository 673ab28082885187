import * as z from 'zod';
import { Environment } from './schema/index.ts';

/** The part of JSON Schema that our options need; `unit`, `allowed` and `mend` are our own. */
export interface JsonNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonNode>>;
  readonly required?: readonly string[];
  readonly items?: JsonNode;
  readonly oneOf?: readonly JsonNode[];
  readonly anyOf?: readonly JsonNode[];
  readonly additionalProperties?: boolean | JsonNode;
  readonly propertyNames?: JsonNode;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly allowed?: string;
  readonly mend?: string;
}

let described: JsonNode | undefined;

/** Schema of an environment file with our documentation in it. Made on first use: a synth of valid environments never needs it. */
export function describedSchema(): JsonNode {
  described ??= toNode(z.toJSONSchema(Environment, { io: 'input' }));
  return described;
}

function toNode(schema: unknown): JsonNode {
  return isNode(schema) ? schema : {};
}

/** zod types its JSON Schema more loosely than what it writes; {@link JsonNode} names the keywords that we read. */
function isNode(value: unknown): value is JsonNode {
  return typeof value === 'object' && value !== null;
}

/** JSON Schema (draft 2020-12) of an environment file, for editors: units and allowed forms are in the descriptions. The same bytes each time. */
export function environmentJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(Environment, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      const { description, unit, allowed } = toNode(jsonSchema);
      const parts = [description, unit && `Unit: ${unit}.`, allowed && `Must be ${allowed}.`].filter(Boolean);
      for (const name of ['unit', 'allowed', 'mend', 'description']) delete jsonSchema[name];
      if (path.length === 0) jsonSchema.title = 'Environment of the chatbot blueprint';
      if (parts.length > 0) jsonSchema.description = parts.join(' ');
    },
  });
}
