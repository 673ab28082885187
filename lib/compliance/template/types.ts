/** JSON as a template holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json };

/** A stack of an estate, as its template says. */
export interface Stack {
  /** Name that it is deployed under; for a template by itself, its file's name. */
  readonly name: string;
  /** Region that it is deployed to. @default - the template does not say */
  readonly region?: string;
  /** Account that it is deployed to. @default - the template does not say */
  readonly account?: string;
  readonly template: JsonObject;
  /** File of the template, from the assembly's folder. */
  readonly file: string;
  /** SHA-256 of the template's bytes, hex. */
  readonly sha256: string;
  /** Construct path of each resource, by its logical id, as the assembly tells. @default - as the metadata of the resources tells */
  readonly paths?: Readonly<Record<string, string>>;
}

/** A resource of a template. */
export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  /** CloudFormation type, e.g. `AWS::S3::Bucket`. */
  readonly type: string;
  /** Empty for a resource without properties. */
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  /** Other members of the resource: `DeletionPolicy`, `UpdateReplacePolicy`, `Condition` … */
  readonly attributes: JsonObject;
  /** Construct path where the template has one, else the logical id. */
  readonly path: string;
}

/** Everything that is deployed together: what is judged. References between its stacks are followed. */
export interface Estate {
  /** Name of the environment, or of the template. */
  readonly name: string;
  readonly stacks: readonly Stack[];
  /** Resources of all stacks, in the order of their stacks and of the templates. */
  readonly resources: readonly Resource[];
}
