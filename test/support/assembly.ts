import { readTemplates } from '../../bin/assembly.ts';
import { ASSEMBLY } from './paths.ts';

/** A synthesized template, as loosely typed as tests need it. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests reach deep into templates, and a wrong path fails the test
export type Json = any;

/** Templates of a sample environment by stack (`Data`, `Service`, `Edge`, `Operations`), as the global set-up synthesized them. */
export async function templatesOf(environment: string): Promise<Record<string, Json>> {
  return Object.fromEntries(await readTemplates(ASSEMBLY, environment)) as Record<string, Json>;
}

/** A resource with its logical id and the stack it stands in. */
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly properties: Json;
  readonly metadata: Json;
  readonly resource: Json;
}

/** Resources of a type in all stacks of an environment. */
export async function resourcesOf(environment: string, type: string): Promise<Found[]> {
  const templates = await templatesOf(environment);
  return Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries<Json>(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ stack, id, properties: resource.Properties, metadata: resource.Metadata, resource })),
  );
}
