/** What the assembly tells of one template: a stack's, or one nested in it. */
export interface TemplateMetadata {
  /** Construct path of each resource, by its logical id. */
  readonly paths: Readonly<Record<string, string>>;
  /** Files of the templates that its nested stacks are made from, by the logical id of the nested stack's resource. */
  readonly nested: Readonly<Record<string, string>>;
}

/** Metadata of a stack as an assembly has it: entries by construct path. */
type Entries = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** Reads the metadata of a stack, which covers its nested ones. @returns a reader by template file; the stack's own is `main` */
export function metadataOf(metadata: unknown, main: string): (file: string) => TemplateMetadata {
  const entries = Object.entries((metadata ?? {}) as Entries);
  const data = (wanted: string): [string, string][] => entries.flatMap(([path, all]) => all.flatMap(({ type, data: found }): [string, string][] => (type === wanted && typeof found === 'string' ? [[path, found]] : [])));
  const files = new Map(data('aws:cdk:templateFile'));
  const stacks = [...files.keys()].toSorted((a, b) => b.length - a.length);
  const fileOf = (path: string): string => files.get(stacks.find((stack) => path.startsWith(`${stack}/`)) ?? '') ?? main;
  const resources = data('aws:cdk:logicalId');
  return (file) => {
    // Logical ids are unique in a template, not in all of a stack's.
    const mine = resources.filter(([path]) => fileOf(path) === file);
    const nested = mine.flatMap(([path, logicalId]): [string, string][] => {
      const template = files.get(path.replace(/\.NestedStack\/[^/]+\.NestedStackResource$/, ''));
      return template === undefined ? [] : [[logicalId, template]];
    });
    return { paths: Object.fromEntries(mine.map(([path, logicalId]) => [logicalId, path.replace(/^\//, '')])), nested: Object.fromEntries(nested) };
  };
}
