import { markdownTable } from '../../config/words/table.ts';
import { at, listAt, textAt } from '../diagram/estate.ts';
import type { Resource } from '../diagram/estate.ts';
import { statementsOf } from '../diagram/permissions.ts';
import type { Statement } from '../diagram/permissions.ts';
import { conditionTexts } from './conditions.ts';
import { functionOf, named, namesText, nameOf } from './names.ts';
import type { Named, Surveyed } from './names.ts';

/** What one statement gives. */
interface Right {
  readonly actions: string;
  readonly on: string;
  readonly when: string;
}

/** Every role of an environment and all that its policies allow, as a Markdown table. @throws Error for a statement that the table cannot tell */
export function rightsTable(surveyed: Surveyed): string {
  const holders = surveyed.estate.resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((role) => {
      const { name, isFunction } = holderOf(role, surveyed);
      return { name, isFunction, rights: rightsOf(role, surveyed) };
    })
    .toSorted((a, b) => Number(b.isFunction) - Number(a.isFunction) || a.name.localeCompare(b.name));
  const functions = holders.filter(({ isFunction }) => isFunction);
  const common = (functions[0]?.rights ?? []).filter((right) => functions.every(({ rights }) => rights.some((other) => same(other, right))));
  const own = holders.map(({ name, rights }) => ({ name, rights: rights.filter((right) => !common.some((other) => same(other, right))) }));
  const rows = [{ name: 'every function', rights: common }, ...own].flatMap(({ name, rights }) =>
    rights.length === 0 ? [[`\`${name}\``, 'nothing else', '', '']] : rights.map(({ actions, on, when }, index) => [index > 0 ? '' : name.includes(' ') ? name : `\`${name}\``, actions, on, when]),
  );
  return markdownTable(['identity', 'may', 'on', 'only'], rows);
}

function same(a: Right, b: Right): boolean {
  return a.actions === b.actions && a.on === b.on && a.when === b.when;
}

/** Who has a role: a function, or a service. A role that has a name of its own is called by it. */
function holderOf(role: Resource, surveyed: Surveyed): { readonly name: string; readonly isFunction: boolean } {
  const fn = functionOf(role, surveyed);
  if (fn) return { name: nameOf(fn, surveyed).name, isFunction: true };
  if (role.properties['RoleName'] !== undefined) return { name: `role \`${nameOf(role, surveyed).name}\``, isFunction: false };
  const services = listAt(role.properties, 'AssumeRolePolicyDocument', 'Statement').map((statement) => textAt(statement, 'Principal', 'Service') ?? 'others');
  return { name: `role of ${services.join(', ').replaceAll('.amazonaws.com', '')}`, isFunction: false };
}

function rightsOf(role: Resource, surveyed: Surveyed): Right[] {
  const { estate } = surveyed;
  const policies = estate.resources.filter(({ properties, stack }) => estate.referred(properties['Roles'], stack).some(({ key }) => key === role.key));
  const managed = listAt(role.properties, 'ManagedPolicyArns').map((arn): Right => ({ actions: 'all that it allows', on: namesText([named(arn, role.stack, surveyed)]), when: '' }));
  return [...managed, ...[role, ...policies].flatMap((policy) => statementsOf(policy).map((statement) => rightOf(statement, policy.stack, holderOf(role, surveyed).name, surveyed)))];
}

function rightOf({ actions, resource, condition }: Statement, stack: string, holder: string, surveyed: Surveyed): Right {
  if (actions.length === 0 || resource === undefined) throw new Error(`A statement of ${holder} names no actions or no resources: the table cannot tell what it allows.`);
  const resources = (Array.isArray(resource) ? resource : [resource]).map((one) => own(named(one, stack, surveyed), holder));
  return { actions: actionsText(actions), on: namesText(resources), when: conditionTexts(condition, stack, surveyed).join(' and ') };
}

/** Each function writes to its own log group: said once for all. */
function own(one: Named, holder: string): Named {
  return one.kind === 'log group' && one.name === `/aws/lambda/${holder}` ? { kind: 'its own log group', name: '/aws/lambda/…' } : one;
}

/** Actions, the service said once: `sqs: ReceiveMessage, DeleteMessage`. */
export function actionsText(actions: readonly string[]): string {
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const [service = '', name = action] = action.split(':');
    services.set(service, [...(services.get(service) ?? []), name]);
  }
  return [...services].map(([service, names]) => `${service}: ${names.join(', ')}`).join('; ');
}

/** Whether a statement allows. */
export function allows(statement: unknown): boolean {
  return at(statement, 'Effect') === 'Allow';
}
