import type { JsonObject } from '../json.ts';

/** A resource as its template declares it. */
export interface ResourceDefinition {
  /** CloudFormation type, e.g. `AWS::SQS::Queue`. */
  readonly Type: string;
  /** Unresolved properties. @default - none */
  readonly Properties?: JsonObject;
  /** Name of a condition; the resource exists only when it holds. */
  readonly Condition?: string;
  readonly Metadata?: JsonObject;
  readonly DependsOn?: string | readonly string[];
}

/** The parts of a CloudFormation template that matter here. */
export interface Template {
  readonly Parameters?: { readonly [name: string]: { readonly Type: string; readonly Default?: unknown } };
  readonly Mappings?: { readonly [name: string]: { readonly [key: string]: JsonObject } };
  readonly Conditions?: JsonObject;
  readonly Resources?: { readonly [logicalId: string]: ResourceDefinition };
  readonly Outputs?: { readonly [name: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown }; readonly Condition?: string } };
}

/** A stack of the assembly. */
export interface Stack {
  /** Name in CloudFormation. */
  readonly name: string;
  /** Account id; twelve zeros when the stack was synthesized without one. */
  readonly accountId: string;
  /** Region; `us-east-1` when the stack was synthesized without one. */
  readonly region: string;
  readonly template: Template;
  /** Folder or file of each asset, by its key in the assets bucket. */
  readonly assets: ReadonlyMap<string, string>;
}
