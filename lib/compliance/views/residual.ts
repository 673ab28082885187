import { g05ResidualWindow } from '../rules/gdpr/g05-residual-window.ts';
import { holdsPersonal } from '../rules/personal.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { Judgement } from '../rules/rule.ts';
import type { Estate, Resource } from '../template/types.ts';

/** What backup plans can select. */
const SELECTED = /^AWS::(DynamoDB|S3|RDS|EFS|DocDB|Neptune|Redshift|FSx|Timestream)::/;

/** How long what is erased from a store can still be restored, as rule G05 finds it: by the store's own recovery, and by a backup plan that may select it. */
export function residualOf(estate: Estate, parameters: Parameters): (store: Resource) => string {
  const judged = g05ResidualWindow.judge(estate, parameters).filter(({ resource, verdict }) => resource !== undefined && verdict !== 'NOT_APPLICABLE');
  const plans = judged.filter(({ resource }) => resource?.type === 'AWS::Backup::BackupPlan').map((one) => `${windowOf(one) ?? 'none'} in backups of ${one.resource?.logicalId ?? ''}, if it selects it`);
  return (store) => {
    if (holdsPersonal(estate, store, parameters) === false) return 'not judged: no personal data, as declared';
    const own = judged.filter(({ resource }) => resource === store).flatMap((one) => windowOf(one) ?? []);
    const all = [...own, ...(SELECTED.test(store.type) ? plans : [])];
    return all.length === 0 ? 'none' : [...new Set(all)].join('; ');
  };
}

/** A window in words; none where nothing is kept. */
function windowOf({ verdict, property = '', actual = '', note = '' }: Judgement): string | undefined {
  if (verdict === 'UNKNOWN') return 'not told by the template';
  const days = actual.replace('absent: ', '');
  if (days === '0 days' || note.startsWith('Point-in-time recovery is off') || !/\d|for ever/.test(days)) return undefined;
  return property.includes('RecoveryPeriodInDays') ? `${days} by point-in-time recovery` : property.includes('DeleteAfterDays') ? days : `${days} in backups`;
}
