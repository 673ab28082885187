import { asText, messageOf } from '../json.ts';
import { NO_VALUE, holds, resolve } from './intrinsics.ts';
import type { Scope } from './intrinsics.ts';
import { attributeOf, refOf } from './physical.ts';
import type { Identity } from './physical.ts';
import type { ResourceDefinition, Stack } from './template.ts';

/** URLs that only exist once something listens. */
export interface Endpoints {
  /** Base URL of the AWS endpoint, without a slash at its end. */
  aws(): string;
  /** Base URL of the token issuers, without a slash at its end. */
  issuer(): string;
}

/** A physical identity that an emulator gave, instead of the one that follows from the names. */
export interface Override {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One resource of the environment, resolved when it is asked. */
export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** `Ref` to the resource. @throws Error when it is not known here */
  readonly ref: string;
  /** `Fn::GetAtt`. @throws Error when it is not known here */
  attribute(name: string): string;
  /** A property, resolved; undefined when it is absent. @throws Error naming resource and property when it cannot be resolved */
  get(property: string): unknown;
}

/** All resources of one environment, over all of its stacks. */
export class EstateModel {
  /** Stacks in the order of the assembly. */
  readonly stacks: readonly Stack[];
  private readonly endpoints: Endpoints;
  private readonly overrides = new Map<string, Override>();
  private readonly known: readonly Resource[];

  constructor(stacks: readonly Stack[], endpoints: Endpoints) {
    this.stacks = stacks;
    this.endpoints = endpoints;
    this.known = stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources ?? {})
        .filter(([, definition]) => definition.Condition === undefined || holds({ Condition: definition.Condition }, this.scope(stack)))
        .map(([logicalId, definition]) => this.resource(stack, logicalId, definition)),
    );
  }

  /** Resources of the given types, in the order of the templates. */
  ofType(...types: readonly string[]): readonly Resource[] {
    return this.known.filter(({ type }) => types.includes(type));
  }

  /** The resource of that type with that `Ref`; undefined when there is none in the environment. */
  byRef(type: string, ref: unknown): Resource | undefined {
    return this.ofType(type).find((resource) => resource.ref === ref);
  }

  /** Gives a resource the identity that an emulator made for it. */
  override(resource: Resource, identity: Override): void {
    this.overrides.set(key(resource.stack, resource.logicalId), identity);
  }

  private resource(stack: Stack, logicalId: string, definition: ResourceDefinition): Resource {
    const scope = this.scope(stack);
    return {
      stack,
      logicalId,
      type: definition.Type,
      get ref() {
        return String(scope.ref(logicalId));
      },
      attribute: (name) => String(scope.attribute(logicalId, name)),
      get: (property) => this.property(stack, logicalId, definition, property),
    };
  }

  private property(stack: Stack, logicalId: string, definition: ResourceDefinition, property: string): unknown {
    try {
      const value = resolve(definition.Properties?.[property], this.scope(stack));
      return value === NO_VALUE ? undefined : value;
    } catch (error) {
      throw new Error(`${describe(stack, logicalId, definition)}, property ${property}: ${messageOf(error)}`, { cause: error });
    }
  }

  private identity(stack: Stack, logicalId: string, definition: ResourceDefinition): Identity {
    return {
      stackName: stack.name,
      logicalId,
      place: stack,
      property: (name) => {
        const value = this.property(stack, logicalId, definition, name);
        return value === undefined ? undefined : asText(value);
      },
      endpoint: () => this.endpoints.aws(),
      issuer: () => this.endpoints.issuer(),
    };
  }

  private scope(stack: Stack): Scope {
    const definitionOf = (logicalId: string): ResourceDefinition => {
      const definition = stack.template.Resources?.[logicalId];
      if (definition === undefined) throw new Error(`${logicalId} is neither a parameter nor a resource of the stack ${stack.name}.`);
      return definition;
    };
    return {
      ref: (name) => {
        const pseudo = pseudoParameter(stack, name);
        if (pseudo !== undefined) return pseudo;
        const parameter = stack.template.Parameters?.[name];
        if (parameter !== undefined) {
          if (parameter.Default === undefined) throw new Error(`The parameter ${name} of the stack ${stack.name} has no default. Give it one.`);
          return parameter.Default;
        }
        const definition = definitionOf(name);
        return this.overrides.get(key(stack, name))?.ref ?? refOf(definition.Type, this.identity(stack, name, definition)) ?? unknown(describe(stack, name, definition), 'Ref');
      },
      attribute: (logicalId, attribute) => {
        const definition = definitionOf(logicalId);
        const override = this.overrides.get(key(stack, logicalId))?.attributes[attribute];
        return override ?? attributeOf(definition.Type, attribute, this.identity(stack, logicalId, definition)) ?? unknown(describe(stack, logicalId, definition), `attribute ${attribute}`);
      },
      importValue: (name) => this.exported(name),
      stackOutput: (name, output) => {
        const other = this.stacks.find((candidate) => candidate.name === name);
        const declared = other?.template.Outputs?.[output];
        if (other === undefined || declared === undefined) throw new Error(`The environment has no stack '${name}' with the output '${output}'. Synthesize it again.`);
        return resolve(declared.Value, this.scope(other));
      },
      mapping: (name, first, second) => {
        const value = stack.template.Mappings?.[name]?.[first]?.[second];
        if (value === undefined) throw new Error(`The stack ${stack.name} has no mapping ${name}.${first}.${second}.`);
        return value;
      },
      condition: (name) => {
        const condition = stack.template.Conditions?.[name];
        if (condition === undefined) throw new Error(`The stack ${stack.name} has no condition ${name}.`);
        return condition;
      },
    };
  }

  private exported(name: string): unknown {
    for (const stack of this.stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export !== undefined && resolve(output.Export.Name, this.scope(stack)) === name) return resolve(output.Value, this.scope(stack));
      }
    }
    throw new Error(`No stack of the environment exports '${name}'.`);
  }
}

const key = (stack: Stack, logicalId: string): string => `${stack.name}/${logicalId}`;
const describe = (stack: Stack, logicalId: string, { Type }: ResourceDefinition): string => `The resource ${stack.name}/${logicalId} (${Type})`;

function unknown(resource: string, what: string): never {
  throw new Error(`${resource} has no ${what} that the local runner knows, and something that runs here needs it. Add it to local/assembly/physical.ts.`);
}

function pseudoParameter(stack: Stack, name: string): unknown {
  switch (name) {
    case 'AWS::AccountId': return stack.accountId;
    case 'AWS::Region': return stack.region;
    case 'AWS::Partition': return 'aws';
    case 'AWS::URLSuffix': return 'amazonaws.com';
    case 'AWS::StackName': return stack.name;
    case 'AWS::StackId': return `arn:aws:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.name}/local`;
    case 'AWS::NotificationARNs': return [];
    case 'AWS::NoValue': return NO_VALUE;
    default: return undefined;
  }
}
