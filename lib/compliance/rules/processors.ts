import type { Parameters, Processor } from './parameters.ts';

/** Processor of the register that has a host or the number of an account; none for a host of which a part is not known. */
export function processorOf(host: string, { processors }: Pick<Parameters, 'processors'>): Processor | undefined {
  if (host.includes('<')) return undefined;
  return processors.find(({ hosts }) => hosts.some((known) => covers(known.toLowerCase(), host)));
}

function covers(known: string, host: string): boolean {
  return known.startsWith('*.') ? host.endsWith(known.slice(1)) && host.length > known.length - 1 : known === host;
}

/** Provider whose services the estate runs on. */
export const platformOf = ({ platform = 'AWS' }: Pick<Parameters, 'platform'>): string => platform;
