import { namesAction } from '../../policy/decide.ts';
import type { PolicyStatement } from '../../policy/document.ts';
import { readable } from '../../policy/hole.ts';
import { nameOf, textIn } from '../../policy/identity.ts';
import { matches, matchesArn } from '../../policy/match.ts';
import type { Holder } from '../../policy/policies.ts';
import { some, type Truth } from '../../policy/truth.ts';
import { isObject, resolve, valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, type Value } from '../../template/value.ts';
import type { Finding } from '../check.ts';
import { referencesIn } from '../references.ts';
import { runsAs } from './runs-as.ts';

/** Ways to take a role. */
const TAKING = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Whether anybody can do what a role may: something of the estate runs under it, or its trust admits others than services. @param duty what it is declared for */
export function inUse(estate: Estate, holder: Holder, duty: string): Finding {
  const place = { part: 'in use', property: 'AssumeRolePolicyDocument', expected: `something runs under it, or people may take it, to ${duty}` };
  const users = usersOf(estate, holder);
  const runner = users.find(({ runs }) => runs === true);
  if (runner !== undefined) return { verdict: 'PASS', ...place, actual: `${runner.resource.logicalId} runs under it` };
  const { allowed, denied } = takersOf(holder);
  const taker = allowed.find(({ uncertain }) => uncertain === undefined);
  if (taker !== undefined && denied.length === 0) return { verdict: 'PASS', ...place, actual: `its trust admits ${namesOf(taker, true)}` };
  const doubt = users[0]?.why ?? (taker === undefined ? allowed[0]?.uncertain : denied[0]?.why) ?? givenAway(estate, holder);
  if (doubt !== undefined) return { verdict: 'UNKNOWN', ...place, actual: 'whether anybody can use it is not known', note: `Not told by the template: ${doubt}.` };
  const services = holder.trust.filter(({ statement }) => statement.effect === 'Allow').map((one) => namesOf(one, false)).filter((names) => names !== '');
  return { verdict: 'FAIL', ...place, actual: `nobody can use it: its trust admits ${services.length === 0 ? 'nobody' : `${services.join(', ')} alone`}, and nothing in the templates runs under it` };
}

/** Something that runs under a role, or may. */
interface User {
  readonly resource: Resource;
  readonly runs: Exclude<Truth, false>;
  readonly why: string;
}

function usersOf(estate: Estate, holder: Holder): User[] {
  return estate.resources.flatMap((resource): User[] => {
    const values = resource.type === 'AWS::IAM::InstanceProfile' ? itemsOf(valueAt(estate, resource, 'Roles')) : runsAs(estate, resource);
    const runs = some(values.map((value) => isRole(estate, resource, value, holder)));
    if (runs === false) return [];
    const condition = resource.attributes['Condition'];
    if (typeof condition === 'string') return [{ resource, runs: 'unknown', why: `${resource.logicalId} depends on the condition ${condition}` }];
    return [{ resource, runs, why: `which role ${resource.logicalId} runs under` }];
  });
}

/** Whether a value is the role, by reference, ARN or name. */
function isRole(estate: Estate, resource: Resource, value: Value, { role, arn }: Holder): Truth {
  if (value.kind === 'absent' || value.kind === 'map') return false;
  if (value.kind === 'reference') return value.resource === role || (value.resource.type === 'AWS::IAM::Role' ? false : 'unknown');
  const text = textIn(estate, resource, value);
  return some([matchesArn(text, arn), matches(text, nameOf(estate, role))]);
}

/** Statements of the trust that speak of others than services. */
function takersOf({ trust }: Holder): { readonly allowed: readonly PolicyStatement[]; readonly denied: readonly { readonly why: string }[] } {
  const speaking = trust.filter((one) => namesOf(one, true) !== '' && TAKING.some((action) => namesAction(one.statement, action) !== false));
  return {
    allowed: speaking.filter(({ statement }) => statement.effect === 'Allow'),
    denied: speaking.filter(({ statement }) => statement.effect === 'Deny').map(({ property }) => ({ why: `whom ${property} leaves` })),
  };
}

/** Whom a statement names: services, or all others. */
function namesOf({ statement: { principals = {} } }: PolicyStatement, others: boolean): string {
  return readable(Object.entries(principals).filter(([kind]) => (kind !== 'Service') === others).flatMap(([, who]) => who).join(', '));
}

/** Why something outside the templates may run under a role: its stack gives the role away as an output. */
function givenAway(estate: Estate, { role }: Holder): string | undefined {
  const outputs = role.stack.template['Outputs'];
  const found = Object.entries(isObject(outputs) ? outputs : {}).find(([, output]) => isObject(output) && referencesIn(resolve(estate, role.stack, output['Value'])).includes(role));
  return found === undefined ? undefined : `who uses the output ${found[0]}, which names it`;
}
