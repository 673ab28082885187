import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, textOf, type Value } from '../../template/value.ts';
import { leavesOf, manyAt } from '../check.ts';
import { documentOf } from '../document.ts';
import { referencesIn } from '../references.ts';
import { leadsOf, type Lead } from './leads.ts';
import { placeOf } from './place.ts';
import type { WayOut } from './way-out.ts';

/** Destinations of a resource that lie in another account or region, or of which that cannot be told. */
export function led(estate: Estate, resource: Resource): WayOut[] {
  return leadsOf(resource.type).filter(({ to, reading }) => to !== 'self' && reading !== 'drawn').flatMap((lead) => {
    const values = destinations(valueAt(estate, resource), lead.to);
    const found = lead.reading === 'bucket' ? values.map((value) => ({ path: lead.to, value })) : values.flatMap((value) => leavesOf(value, lead.to));
    return found.flatMap(({ path, value }) => placed(estate, resource, path, value, lead));
  });
}

/** A destination as a way out; none in the own account and region. */
export function placed(estate: Estate, resource: Resource, property: string, value: Value, { type, from, data, reading }: Pick<Lead, 'type' | 'from' | 'data' | 'reading'>): WayOut[] {
  const place = placeOf(estate, resource, value, reading === 'bucket');
  if (place === undefined) return [];
  const source = from === 'self' ? [resource] : sourcesOf(estate, resource, valueAt(estate, resource, from), type);
  return [{ resource, property: property.replaceAll('[]', ''), value, data, from: source, place }];
}

function destinations(all: Value, path: string): readonly Value[] {
  // A policy for all logs of an account stands there as JSON text.
  return path.startsWith('PolicyDocument.') ? manyAt(documentOf(memberOf(all, 'PolicyDocument')), path.slice('PolicyDocument.'.length)) : manyAt(all, path);
}

/** Resources that a value names, log groups by their name too; the resource itself where none of the estate is named. */
function sourcesOf(estate: Estate, resource: Resource, value: Value, type: string): Resource[] {
  const named = referencesIn(value);
  const name = textOf(value);
  const group = type === 'AWS::Logs::SubscriptionFilter' && name !== undefined ? estate.resources.filter((one) => one.type === 'AWS::Logs::LogGroup' && one.properties['LogGroupName'] === name) : [];
  const found = [...named, ...group];
  return found.length > 0 ? found : [resource];
}
