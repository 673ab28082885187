import { valueAt } from '../template/resolve.ts';
import type { Estate } from '../template/types.ts';
import { textOf } from '../template/value.ts';
import type { Judgement } from './rule.ts';

/** What AWS Backup calls a type. */
const BACKED_UP_AS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::RDS::DBInstance': 'RDS',
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::DocDB::DBCluster': 'DocumentDB',
  'AWS::Neptune::DBCluster': 'Neptune',
};

/** Whether restores are tried on a schedule: passes when AWS Backup does so for every kind of table that the estate has, else somebody has to say when it was last done. */
export function restoreTest(estate: Estate, types: readonly string[]): Judgement {
  const tested = estate.resources.filter(({ type }) => type === 'AWS::Backup::RestoreTestingSelection').map((selection) => textOf(valueAt(estate, selection, 'ProtectedResourceType')));
  const kinds = [...new Set(estate.resources.filter(({ type }) => types.includes(type)).map(({ type }) => BACKED_UP_AS[type] ?? type))];
  const missing = kinds.filter((kind) => !tested.includes(kind));
  const base = { part: 'Restore test', expected: 'a restore that was tried' };
  if (missing.length === 0) return { ...base, verdict: 'PASS', actual: kinds.join(', ') };
  return { ...base, verdict: 'MANUAL', actual: tested.length === 0 ? 'none' : `not for ${missing.join(', ')}`, note: 'Whether a restore works is not told by a template: record when one was last tried, by whom, how long it took, and that erasures were run again after it.' };
}
