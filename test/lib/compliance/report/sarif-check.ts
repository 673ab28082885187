import { expect } from 'vitest';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Path of a relative reference, RFC 3986, section 4.2: no scheme, nothing but unreserved, escaped and a few more. */
const RELATIVE = /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+(?:\/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+)*$/;

/** A result of a log, as far as tests look into it. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly guid: string;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string; readonly index: number }; readonly region: { readonly startLine: number } }; readonly logicalLocations?: readonly { readonly name: string; readonly fullyQualifiedName: string; readonly kind: string }[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly status: string; readonly justification: string; readonly properties?: object }[];
  readonly properties: { readonly verdict: string };
}

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly [{ readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly { readonly id: string; readonly shortDescription: { text: string }; readonly fullDescription: { text: string }; readonly help: { text: string }; readonly defaultConfiguration: { level: string }; readonly properties: { readonly tags: readonly string[] } }[] } }; readonly invocations: readonly [{ readonly executionSuccessful: boolean }]; readonly artifacts: readonly { readonly location: { readonly uri: string }; readonly roles: readonly string[]; readonly hashes: object }[]; readonly results: readonly SarifResult[]; readonly automationDetails: { readonly id: string } }];
}

/** Holds a log to the parts of SARIF 2.1.0 that it uses, section by section, and gives its run. */
export function checkSarif(text: string): Sarif['runs'][0] {
  const log = JSON.parse(text) as Sarif;
  expect(Object.keys(log)).toEqual(['$schema', 'version', 'runs']);
  expect(log.version).toBe('2.1.0'); // 3.13.2
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  const { rules } = run.tool.driver;
  expect(run.tool.driver.name).not.toBe(''); // 3.19.8
  expect(new Set(rules.map((rule) => JSON.stringify(rule))).size).toBe(rules.length); // 3.19.23: unique
  expect(typeof run.invocations[0].executionSuccessful).toBe('boolean'); // 3.20.14
  for (const { id, shortDescription, fullDescription, help, properties } of rules) {
    expect(typeof id).toBe('string'); // 3.49.3
    for (const { text } of [shortDescription, fullDescription, help]) expect(typeof text).toBe('string'); // 3.12.3
    expect(new Set(properties.tags).size).toBe(properties.tags.length); // 3.8.2.1: unique
  }
  const uris = run.artifacts.map(({ location }) => location.uri);
  expect(new Set(uris).size).toBe(uris.length); // 3.14.15: unique
  for (const { location } of run.artifacts) expect(location.uri).toMatch(RELATIVE); // 3.4.3
  expect(new Set(run.results.map(({ guid }) => guid)).size).toBe(run.results.length); // 3.27.3
  for (const result of run.results) {
    expect(rules[result.ruleIndex]?.id).toBe(result.ruleId); // 3.27.6
    expect(result.guid).toMatch(GUID); // 3.5.3
    expect(result.kind).toBe('fail'); // 3.27.10: any other kind has level none
    expect(['error', 'note']).toContain(result.level);
    expect(result.message.text).not.toMatch(/(?<!\{)(?:\{\{)*\{(?!\{)/); // 3.11.5: no placeholder
    expect(result.message.text).not.toContain(']('); // 3.11.6: no embedded link
    for (const { physicalLocation, logicalLocations } of result.locations) {
      if (physicalLocation !== undefined) expect(uris[physicalLocation.artifactLocation.index]).toBe(physicalLocation.artifactLocation.uri); // 3.4.5
      for (const { kind } of logicalLocations ?? []) expect(kind).toBe('resource'); // 3.33.7
    }
    for (const { kind, status } of result.suppressions ?? []) {
      expect(kind).toBe('external'); // 3.35.2
      expect(['accepted', 'underReview', 'rejected']).toContain(status); // 3.35.3
    }
    expect(result.suppressions !== undefined).toBe(result.properties.verdict === 'ACCEPTED');
  }
  return run;
}
