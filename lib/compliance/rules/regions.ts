/** Geographies of inference profiles, by the prefix of their ids, and the regions that each may process in. `global` is everywhere. */
const GEOGRAPHIES: Readonly<Record<string, RegExp>> = {
  eu: /^eu-/,
  us: /^us-(?!gov-)/,
  'us-gov': /^us-gov-/,
  apac: /^ap-/,
  jp: /^ap-northeast-[13]$/,
  au: /^ap-southeast-[246]$/,
  ca: /^ca-/,
  sa: /^sa-/,
  me: /^me-/,
  af: /^af-/,
  il: /^il-/,
  global: /(?!)/,
};

/** Prefixes of inference profiles. */
export const GEOGRAPHY_NAMES = Object.keys(GEOGRAPHIES);

/** Whether an inference profile of a geography fits regions that are allowed: all of them lie in it, and it is no wider. Undefined without allowed regions. */
export function fitsGeography(name: string, allowed: readonly string[]): boolean | undefined {
  if (allowed.length === 0) return undefined;
  return allowed.every((region) => GEOGRAPHIES[name]?.test(region) ?? false);
}

/** Whether a region is allowed; undefined when no regions are declared. */
export function isAllowed(region: string, allowed: readonly string[]): boolean | undefined {
  return allowed.length === 0 ? undefined : allowed.includes(region);
}

/** What is said when the regions are not declared. */
export const NO_REGIONS = 'The parameter allowedRegions is not declared.';
