import { formatPath } from '../path.ts';
import { ORGANISATION_TAGS, RESERVED_TAGS } from '../schema/estate.ts';
import type { Finding, Rule } from './rule.ts';

const RESERVED = new Set<string>(RESERVED_TAGS);

/** Tags of the organisation stand beside those of the estate, and never in their place. */
export const tagsAreFree: Rule = {
  id: 'tag-taken',
  demands: `\`naming.tags\` has at most ${ORGANISATION_TAGS} tags (AWS allows 50), none that the estate gives itself, and no two keys that differ in case only: IAM takes those for one.`,
  check: ({ naming }): readonly Finding[] => {
    const keys = Object.keys(naming?.tags ?? {});
    return [...keys.flatMap((key) => reserved(key, naming?.tags?.[key])), ...keys.flatMap((key, index) => repeated(key, keys.slice(0, index))), ...tooMany(keys)];
  },
};

function reserved(key: string, value: string | undefined): Finding[] {
  if (!RESERVED.has(key.toLowerCase())) return [];
  return [{ path: formatPath(['naming', 'tags', key]), value, problem: 'The estate gives its resources a tag of this key itself, and would overwrite yours.', allowed: `any key but ${RESERVED_TAGS.join(', ')}, in whatever case`, mend: `Choose another key, such as org-${key.toLowerCase()}, or remove it.` }];
}

function repeated(key: string, earlier: readonly string[]): Finding[] {
  const same = earlier.find((other) => other.toLowerCase() === key.toLowerCase());
  if (same === undefined) return [];
  return [{ path: formatPath(['naming', 'tags', key]), value: key, problem: `It differs from \`${same}\` in case only, and IAM takes the two for one tag.`, allowed: 'keys that differ in more than case', mend: 'Remove one of the two.' }];
}

function tooMany(keys: readonly string[]): Finding[] {
  if (keys.length <= ORGANISATION_TAGS) return [];
  return [{ path: 'naming.tags', value: keys.length, problem: `There are ${keys.length} tags; AWS allows 50 on a resource, and the estate needs ${RESERVED_TAGS.length} of them.`, allowed: `at most ${ORGANISATION_TAGS} tags`, mend: 'Remove those that are not demanded of you.' }];
}
