import { policiesOf } from '../policy/policies.ts';
import type { Estate, Resource } from '../template/types.ts';

/** How the views name resources. */
export interface Names {
  /** Construct path or logical id, with the stack before it where two resources share it. Two resources never have the same. */
  readonly id: (resource: Resource) => string;
  /** The last parts of the path that tell a resource from all others of a list. */
  readonly short: (resource: Resource, among: readonly Resource[]) => string;
}

/** Last parts of a path that say what kind of thing it is, and not which. */
const GENERIC = /^(Role|ServiceRole|Policy|Function|Handler|Logs?|LogGroup|Queue|Topic|Bucket|Table|Key|Secret|Pool|Stream|Archive|Api|Rest|Resource|Default)$/;

/** End of a path that the reader sees anyway: a list of roles says that they are roles. */
const RUNS = /\/(Role|ServiceRole|Function|Handler)$/;

/** Names of an estate's resources, and of those outside whom its policies admit. */
export function namesOf(estate: Estate): Names {
  const ids = new Map<Resource, string>();
  const taken = new Set<string>();
  const shared = repeated(estate.resources.map(({ path }) => path));
  for (const resource of [...estate.resources, ...policiesOf(estate).outsiders.map(({ role }) => role)]) {
    const id = unused(shared.has(resource.path) ? `${resource.stack.name}/${resource.logicalId}` : resource.path, taken);
    taken.add(id);
    ids.set(resource, id);
  }
  const id = (resource: Resource): string => ids.get(resource) ?? resource.logicalId;
  const lists = new WeakMap<readonly Resource[], Map<Resource, string>>();
  const short = (resource: Resource, among: readonly Resource[]): string => {
    const known = lists.get(among) ?? shortened(among, id);
    lists.set(among, known);
    return known.get(resource) ?? id(resource);
  };
  return { id, short };
}

function unused(wanted: string, taken: ReadonlySet<string>): string {
  let [id, number] = [wanted, 1];
  while (taken.has(id)) id = `${wanted} (${(number += 1)})`;
  return id;
}

function shortened(among: readonly Resource[], id: (resource: Resource) => string): Map<Resource, string> {
  const endings = new Map<Resource, string[]>(among.map((resource) => [resource, endingsOf(id(resource).replace(RUNS, ''))]));
  const shared = repeated([...endings.values()].flat());
  return new Map([...endings].map(([resource, own]) => [resource, own.find((ending) => !shared.has(ending)) ?? id(resource)]));
}

/** Ends of a path, from the shortest that says which thing it is. A path of very many parts is kept whole. */
function endingsOf(path: string): string[] {
  const parts = path.split('/');
  if (parts.length > 20) return [path];
  const from = parts.findLastIndex((part) => !GENERIC.test(part));
  return parts.map((_, at) => parts.slice(at).join('/')).filter((_, at) => at <= Math.max(from, 0)).toReversed();
}

function repeated(texts: readonly string[]): ReadonlySet<string> {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const text of texts) (once.has(text) ? twice : once).add(text);
  return twice;
}
