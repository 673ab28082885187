import type { MethodDefinition } from './definition.ts';

/** A method and what its path's parameters are. */
export interface Match {
  readonly method: MethodDefinition;
  /** As they stand in the URL: API Gateway's REST APIs do not decode them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds methods as API Gateway does: by the most exact path (text before `{name}` before `{name+}`, segment by
 * segment), then by the HTTP method, then `ANY`. A path that exists without that method has no route.
 */
export class Router {
  private readonly byPath: readonly { readonly segments: readonly string[]; readonly methods: readonly MethodDefinition[] }[];

  constructor(methods: readonly MethodDefinition[]) {
    const paths = [...new Set(methods.map(({ path }) => path))];
    this.byPath = paths
      .map((path) => ({ segments: split(path), methods: methods.filter((method) => method.path === path) }))
      .toSorted((left, right) => compare(left.segments, right.segments));
  }

  /** The method for a request; undefined when there is none. A slash at the end of the path does not matter. */
  match(httpMethod: string, path: string): Match | undefined {
    const segments = split(path);
    for (const candidate of this.byPath) {
      const pathParameters = bind(candidate.segments, segments);
      if (pathParameters === undefined) continue;
      const method = candidate.methods.find((one) => one.httpMethod === httpMethod) ?? candidate.methods.find((one) => one.httpMethod === 'ANY');
      return method === undefined ? undefined : { method, pathParameters };
    }
    return undefined;
  }
}

const split = (path: string): readonly string[] => path.split('/').slice(1).filter((segment, index, all) => segment !== '' || index < all.length - 1);

const rank = (segment: string | undefined): number => (segment === undefined ? 3 : segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0);

function compare(left: readonly string[], right: readonly string[]): number {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(left[index]) - rank(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function bind(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const bound: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const rest = segments.slice(index);
    if (part.endsWith('+}')) {
      if (rest.length === 0) return undefined;
      bound[part.slice(1, -2)] = rest.join('/');
      return bound;
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else bound[part.slice(1, -1)] = segment;
  }
  return pattern.length === segments.length ? bound : undefined;
}
