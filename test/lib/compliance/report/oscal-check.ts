import { expect } from 'vitest';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^(?:19|2\d)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;
const TOKEN = /^[\p{L}_][\p{L}\p{N}._-]*$/u;
const STRING = /^\S(?:.*\S)?$/;
const LINE = /^[^\n]+$/;

/** An OSCAL object, as far as tests look into it. */
export type OscalObject = { readonly [name: string]: OscalValue };
type OscalValue = string | OscalObject | readonly OscalValue[];

/** Members that each object must have and may have: the parts of the model of assessment results, OSCAL 1.2.1, that the report uses. */
const MEMBERS: Readonly<Record<string, { readonly must: readonly string[]; readonly may: readonly string[] }>> = {
  'assessment-results': { must: ['uuid', 'metadata', 'import-ap', 'results'], may: ['back-matter'] },
  metadata: { must: ['title', 'last-modified', 'version', 'oscal-version'], may: ['props'] },
  'import-ap': { must: ['href'], may: [] },
  results: { must: ['uuid', 'title', 'description', 'start', 'reviewed-controls'], may: ['end', 'props', 'local-definitions', 'observations', 'risks', 'findings'] },
  'local-definitions': { must: [], may: ['inventory-items'] },
  'inventory-items': { must: ['uuid', 'description'], may: ['props'] },
  'reviewed-controls': { must: ['control-selections'], may: [] },
  'control-selections': { must: [], may: ['description', 'include-all', 'include-controls'] },
  'include-controls': { must: ['control-id'], may: [] },
  'include-all': { must: [], may: [] },
  observations: { must: ['uuid', 'description', 'methods', 'collected'], may: ['title', 'props', 'types', 'subjects', 'relevant-evidence'] },
  'relevant-evidence': { must: ['description'], may: [] },
  subjects: { must: ['subject-uuid', 'type'], may: ['title'] },
  risks: { must: ['uuid', 'title', 'description', 'statement', 'status'], may: ['props', 'mitigating-factors', 'deadline', 'related-observations'] },
  'mitigating-factors': { must: ['uuid', 'description'], may: [] },
  findings: { must: ['uuid', 'title', 'description', 'target'], may: ['props', 'related-observations', 'related-risks'] },
  target: { must: ['type', 'target-id', 'status'], may: ['title'] },
  'target/status': { must: ['state'], may: ['reason', 'remarks'] },
  'related-observations': { must: ['observation-uuid'], may: [] },
  'related-risks': { must: ['risk-uuid'], may: [] },
  'back-matter': { must: [], may: ['resources'] },
  resources: { must: ['uuid'], may: ['title', 'description', 'rlinks'] },
  rlinks: { must: ['href'], may: ['media-type', 'hashes'] },
  hashes: { must: ['value', 'algorithm'], may: [] },
  props: { must: ['name', 'ns', 'value'], may: [] },
};

/** Forms of the values, by the data types of the model. */
const FORMS: Readonly<Record<string, RegExp>> = { uuid: UUID, 'subject-uuid': UUID, 'observation-uuid': UUID, 'risk-uuid': UUID, title: LINE, start: TIME, end: TIME, collected: TIME, deadline: TIME, 'last-modified': TIME, version: STRING, value: STRING, algorithm: STRING, 'media-type': STRING, name: TOKEN, ns: /^[a-z]+:.+$/, 'control-id': TOKEN, 'target-id': TOKEN, state: /^(?:not-)?satisfied$/, reason: /^(?:pass|fail|other)$/, href: /^#?(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$/, 'oscal-version': /^1\.2\.1$/, status: TOKEN };

/** Holds assessment results to the model, and their references to what they name; gives the one result. */
export function checkOscal(text: string): OscalObject {
  const file = JSON.parse(text) as OscalObject;
  expect(Object.keys(file)).toEqual(['assessment-results']);
  const defined: string[] = [];
  const used: string[] = [];
  walk('assessment-results', file['assessment-results'] as OscalObject, defined, used);
  expect(new Set(defined).size).toBe(defined.length);
  expect(used.filter((uuid) => !defined.includes(uuid))).toEqual([]);
  return ((file['assessment-results'] as OscalObject)['results'] as readonly OscalObject[])[0] as OscalObject;
}

function walk(kind: string, value: OscalObject, defined: string[], used: string[]): void {
  const members = MEMBERS[kind];
  if (members === undefined) throw new Error(`${kind} is not of the model`);
  const names = Object.keys(value);
  expect(members.must.filter((name) => !names.includes(name)), kind).toEqual([]);
  expect(names.filter((name) => !members.must.includes(name) && !members.may.includes(name)), kind).toEqual([]);
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string') {
      const form = FORMS[name];
      if (form !== undefined) expect(member).toMatch(form);
      if (name === 'uuid') defined.push(member);
      else if (name.endsWith('-uuid')) used.push(member);
      else if (name === 'href' && member.startsWith('#')) used.push(member.slice(1));
    } else if (Array.isArray(member)) {
      expect(member.length, name).toBeGreaterThan(0); // the model knows no empty list
      for (const item of member) if (typeof item !== 'string') walk(name, item as OscalObject, defined, used);
    } else walk(`${kind}/${name}` in MEMBERS ? `${kind}/${name}` : name, member as OscalObject, defined, used);
  }
}
