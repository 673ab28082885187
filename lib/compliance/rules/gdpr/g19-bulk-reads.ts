import { policiesOf, type Holder } from '../../policy/policies.ts';
import type { Estate } from '../../template/types.ts';
import type { Parameters } from '../parameters.ts';
import { personalStores } from '../personal.ts';
import type { Judgement, Rule } from '../rule.ts';
import { bulkReads, wideDecrypts, type Wide } from '../subject/bulk.ts';
import { isDeclared } from '../subject/declared.ts';

const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** G19: only declared roles read personal stores in bulk. */
export const g19BulkReads: Rule = {
  id: 'G19',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 25(2)', 'GDPR Art. 32(4)'],
  title: 'Personal stores are read in bulk, and their keys used widely, only by declared roles',
  info: 'Asks the policies of every role, user and group about every personal store: Scan, PartiQLSelect and export of a table, its stream (unless the stream wakes the role’s function), a bucket’s listing together with its objects, searching and reading log groups, listing users, replaying archives; and kms:Decrypt with a key of personal data when neither the service that calls (kms:ViaService) nor the encryption context is demanded. Reading by key (GetItem, BatchGetItem, Query on the table, whose partition key the caller has to know) is no bulk read. Query on a global index without dynamodb:LeadingKeys is UNKNOWN: whose data one key of the index stands for is not told. Roles that dataSubjectRoles declares pass.',
  explanation: 'By default personal data must not be accessible to more than its purpose needs. A role that can read a store from end to end turns one mistake or one stolen credential into a breach about everybody. Grant reading by key, tie decryption to a service or a subject, and declare the few roles that serve requests of data subjects or support.',
  looksAt: IDENTITIES,
  judge: (estate, parameters) => {
    const { holders } = policiesOf(estate);
    if (holders.length === 0) return [{ verdict: 'NOT_APPLICABLE', note: `There is no ${IDENTITIES.join(', ')}.` }];
    if (personalStores(estate, parameters).length === 0 && !estate.resources.some(({ type }) => type === 'AWS::KMS::Key')) return [{ verdict: 'NOT_APPLICABLE', note: 'There is no personal store and no key.' }];
    return holders.flatMap((holder) => judged(estate, holder, parameters));
  },
};

function judged(estate: Estate, holder: Holder, parameters: Parameters): Judgement[] {
  const wide = [...bulkReads(estate, holder, parameters), ...wideDecrypts(estate, holder, parameters)];
  const resource = holder.role;
  if (isDeclared(resource, parameters, ['erase', 'export', 'support'])) return [{ resource, verdict: 'PASS', actual: told(wide), note: 'It is declared for requests of data subjects or for support.' }];
  const found = wide.filter(({ certain }) => certain !== 'expected');
  if (found.length === 0) return [{ resource, verdict: 'PASS', actual: told(wide), ...(wide.length > 0 && { note: wide.map(({ why }) => why).join(' ') }) }];
  return found.map(({ certain, action, on, property, why }): Judgement => {
    const place = { resource, part: `${action} ${on.logicalId}`, property, actual: `may ${action} ${on.logicalId}`, expected: 'no bulk read or wide decrypt, or the role declared in dataSubjectRoles' };
    return Object.assign(place, certain === true ? { verdict: 'FAIL' as const } : { verdict: 'UNKNOWN' as const, note: why ?? 'Not told by the template.' });
  });
}

const told = (wide: readonly Wide[]): string => (wide.length === 0 ? 'no bulk read, no wide decrypt' : wide.map(({ action, on }) => `${action} ${on.logicalId}`).join(', '));
