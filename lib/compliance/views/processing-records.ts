import { by, grouped } from '../report/text.ts';
import type { ProcessingRecord } from '../report/views.ts';
import type { Parameters } from '../rules/parameters.ts';
import { holdsPersonal } from '../rules/personal.ts';
import { platformOf } from '../rules/processors.ts';
import { storeTag } from '../rules/stores.ts';
import type { Estate, Resource } from '../template/types.ts';
import { numberOf, textOf, type Value } from '../template/value.ts';
import type { AccessMatrix } from './access-matrix.ts';
import { storesOf } from './encryption.ts';
import type { Names } from './names.ts';
import { receiving } from './recipients.ts';
import { residualOf } from './residual.ts';
import { platformProcessor, type Way } from './ways/way.ts';

/** What is written where a tag is missing. */
const MISSING = 'not declared';

type Declared = Pick<ProcessingRecord, 'activity' | 'purpose' | 'legalBasis' | 'data' | 'subjects' | 'retention' | 'owner'>;

/** Record of processing activities: stores that are declared alike are one entry, and every store stands in one. Personal data first, then what nobody declared. */
export function processingRecordsOf(estate: Estate, parameters: Parameters, matrix: AccessMatrix, ways: readonly Way[], names: Names): ProcessingRecord[] {
  const received = receiving(estate, parameters, matrix, ways);
  const [residual, platform] = [residualOf(estate, parameters), platformProcessor(parameters)];
  const entries = storesOf(estate).map((store) => ({ store, declared: declaredOf(estate, store, parameters) }));
  const activities = [...grouped(entries, ({ declared }) => JSON.stringify(declared)).values()].map((same): ProcessingRecord => {
    const [{ declared }] = same as readonly [(typeof same)[number]];
    const rows = [...new Set(same.flatMap(({ store }) => received(store)))].map(({ row }) => row);
    const abroad = rows.filter(({ leaves }) => leaves !== 'no').map(({ to, region, leaves }) => (leaves === 'yes' ? `${to} (${region ?? 'outside the allowed regions'})` : `${to} (whether it stays is not told)`));
    const named = rows.map(({ to, processor }) => (processor === undefined ? to : `${processor === platform ? platformOf(parameters) : processor} (${to})`));
    return { ...declared, stores: same.map(({ store }) => names.id(store)), residual: together(same.map(({ store }) => residual(store))), recipients: [...new Set(named)], transfers: [...new Set(abroad)] };
  });
  const rank = ({ data, purpose }: ProcessingRecord): string => (data.startsWith('no personal data') ? '2' : purpose === MISSING ? '1' : '0');
  return activities.toSorted(by(rank));
}

function declaredOf(estate: Estate, store: Resource, parameters: Parameters): Declared {
  const { tags, dataSubjects = {} } = parameters;
  const tag = (name: keyof Parameters['tags']): Value => storeTag(estate, store, tags[name]);
  const [held, purpose] = [said(tag('dataClass')), said(tag('purpose'))];
  const activity = purpose === MISSING ? (held === MISSING ? 'Stores that nobody declared' : held) : purpose;
  const impersonal = holdsPersonal(estate, store, parameters) === false;
  return {
    activity: `${activity.slice(0, 1).toUpperCase()}${activity.slice(1)}`,
    purpose,
    legalBasis: said(tag('legalBasis')),
    data: impersonal ? `no personal data, as declared: ${held}` : held === MISSING ? `${MISSING}: taken as personal` : held,
    subjects: impersonal ? 'nobody, as declared' : ((Object.hasOwn(dataSubjects, purpose) ? dataSubjects[purpose] : dataSubjects['*']) ?? MISSING),
    retention: daysOf(tag('retentionDays')),
    owner: said(tag('owner')),
  };
}

/** Windows of stores that are one entry. */
function together(windows: readonly string[]): string {
  const some = [...new Set(windows)].filter((window) => window !== 'none');
  return some.length === 0 ? 'none' : some.join('; ');
}

function daysOf(value: Value): string {
  const days = numberOf(value);
  return days === undefined ? said(value) : `${days} ${days === 1 ? 'day' : 'days'}`;
}

function said(value: Value): string {
  const text = textOf(value)?.trim();
  if (text !== undefined && text !== '') return text;
  return value.kind === 'absent' || value.kind === 'literal' ? MISSING : 'not told by the template';
}
