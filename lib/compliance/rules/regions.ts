/**
 * Regions that an inference profile of a geography may send a call to, by the prefix of its id: all of the geography that AWS has opened, for each
 * profile has some of them. AWS adds regions: one that is missing here lets a profile pass that may use it, so look at the list with each release
 * (prefixes as the documentation of Amazon Bedrock has them). `eu` is Europe, London and Zurich included, not the European Union.
 */
const GEOGRAPHIES = {
  eu: ['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  us: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  apac: ['ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'me-central-1'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'],
  ca: ['ca-central-1', 'ca-west-1'],
  sa: ['sa-east-1'],
  me: ['me-central-1', 'me-south-1'],
  af: ['af-south-1'],
  il: ['il-central-1'],
  // Anywhere: no list is long enough.
  global: undefined,
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;

/** Prefixes of inference profiles. */
export const GEOGRAPHY_NAMES: readonly string[] = Object.keys(GEOGRAPHIES);

/** Regions that a profile of a geography may send to; none are known of `global`. */
export const regionsOf = (name: string): readonly string[] => (Object.hasOwn(GEOGRAPHIES, name) ? GEOGRAPHIES[name as keyof typeof GEOGRAPHIES] : undefined) ?? [];

/**
 * Whether every inference profile of a geography stays in the allowed regions, by its prefix alone. True: they are all of the geography. False: `global`,
 * or at most one of the geography's is allowed, while a profile sends to more than one. Undefined: some are allowed and some are not, so that it depends
 * on the profile; or no regions are declared. `profiles` (models/profiles.ts) asks first what rights tell of a profile's destinations.
 */
export function fitsGeography(name: string, allowed: readonly string[]): boolean | undefined {
  if (name === 'global') return false;
  const regions = regionsOf(name);
  if (allowed.length === 0 || regions.length === 0) return undefined;
  const inside = regions.filter((region) => allowed.includes(region)).length;
  return inside === regions.length ? true : inside <= 1 ? false : undefined;
}

/** Whether a region is allowed; undefined when no regions are declared. */
export function isAllowed(region: string, allowed: readonly string[]): boolean | undefined {
  return allowed.length === 0 ? undefined : allowed.includes(region);
}

/** What is said when the regions are not declared. */
export const NO_REGIONS = 'The parameter allowedRegions is not declared.';
