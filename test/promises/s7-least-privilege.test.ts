import { afterAll, describe, expect, it } from 'vitest';
import { EstateModel } from '../../local/assembly/model.ts';
import { readAssembly } from '../../local/assembly/read.ts';
import { ASSEMBLY, ENVIRONMENTS } from '../support/paths.ts';
import { fitsAction } from '../../lib/compliance/policy/wildcard.ts';
import { figure, WHOLE } from '../support/promise.ts';
import { DRIVEN, driven } from './support/least-privilege/driven.ts';
import { grantsOf, tooWide, ungranted, unused, WITHOUT_RESOURCES } from './support/least-privilege/grants.ts';
import { IN_ITS_NAME } from './support/least-privilege/in-its-name.ts';
import { resourcePoliciesOf } from './support/least-privilege/resource-policies.ts';
import { rolesOf } from './support/least-privilege/roles.ts';
import { THROUGH, usesOf } from './support/least-privilege/uses.ts';
import { WITHOUT_CODE, withoutCode } from './support/least-privilege/without-code.ts';

const modelOf = (environment: string): EstateModel => new EstateModel(readAssembly(ASSEMBLY, environment), { aws: () => 'http://127.0.0.1', issuer: () => 'http://127.0.0.1' });
/** Milliseconds for a drive on a busy machine. */
const PATIENCE = 240_000;
let [roles, grants, uses] = [0, 0, 0];
const [withoutGrant, withoutUse]: [string[], string[]] = [[], []];

afterAll(() => figure('S7', `${grants} grants of ${roles} roles in ${DRIVEN.length} environments, ${uses} distinct uses: ${withoutUse.length} unused, ${withoutGrant.length} ungranted; ${WITHOUT_CODE.length} roles stand before their code`));

describe('S7: least privilege', () => {
  it.each(ENVIRONMENTS)('S7: no role of %s has a star for an action, or for a resource that has a name', (environment) => {
    const all = rolesOf(modelOf(environment));
    expect(all.length).toBeGreaterThan(5);
    expect(all.flatMap(tooWide)).toEqual([]);
  });

  it.each(ENVIRONMENTS)('S7: no policy of a resource of %s has a star for an action, but what AWS KMS asks of its keys', (environment) => {
    const stars = resourcePoliciesOf(modelOf(environment)).flatMap(({ where, type, statement }) =>
      statement.effect === 'Deny' ? [] : statement.actions.filter((action) => /[*?]/.test(action)).map((action) => ({ where, type, action, statement })),
    );
    const wrong = stars.filter(({ type, action, statement }) => {
      // Without it nobody could ever change the key; IAM of the account then decides.
      const root = action === 'kms:*' && (statement.principals?.['AWS'] ?? []).every((who) => who.endsWith(':root'));
      // Two forms of one action each; only through Secrets Manager, for what a policy of the caller's allows.
      const family = (action === 'kms:ReEncrypt*' || action === 'kms:GenerateDataKey*') && statement.conditions['StringEquals']?.['kms:ViaService']?.every((service) => service.startsWith('secretsmanager.')) === true;
      return type !== 'AWS::KMS::Key' || !(root || family);
    });
    expect(wrong).toEqual([]);
  });

  it.each(DRIVEN)('S7: nothing is used in %s that is not granted', { timeout: PATIENCE }, async (label) => {
    const drive = await driven(label);
    const used = usesOf(drive);
    uses += used.length;
    expect(used.length).toBeGreaterThan(50);
    const refused = ungranted(rolesOf(drive.model), used);
    withoutGrant.push(...refused);
    expect(refused).toEqual([]);
  });

  it.each(DRIVEN)('S7: nothing is granted in %s that is not used', { timeout: PATIENCE }, async (label) => {
    const drive = await driven(label);
    const all = rolesOf(drive.model);
    roles += all.length;
    grants += all.flatMap(grantsOf).length;
    const waiting = new Set(WITHOUT_CODE.flatMap((exception) => withoutCode(exception, drive)));
    const idle = unused(all.filter(({ arn }) => !waiting.has(arn)), usesOf(drive));
    withoutUse.push(...idle);
    expect(idle).toEqual([]);
    expect(all.flatMap(tooWide)).toEqual([]);
  });

  it('S7: what a service asks of a key in the name of its caller is asked for by something', { timeout: PATIENCE }, async () => {
    const used = (await Promise.all(DRIVEN.map(driven))).flatMap(usesOf);
    expect(THROUGH.filter(({ action }) => !used.some((use) => fitsAction(action, use.action)))).toEqual([]);
  });

  it('S7: every role that is excepted because its code is not there yet is there, and runs nothing', { timeout: PATIENCE }, async () => {
    const drives = await Promise.all(DRIVEN.map(driven));
    expect(WITHOUT_CODE.filter((exception) => drives.some((one) => withoutCode(exception, one).length !== 1)).map(({ name }) => name)).toEqual([]);
  });

  it.runIf(WHOLE)('S7: every exception matches something', { timeout: PATIENCE }, async () => {
    const models = (await Promise.all(DRIVEN.map(driven))).map(({ model }) => model);
    expect(IN_ITS_NAME.filter((exception) => models.every((model) => exception.uses(model).length === 0)).map(({ name }) => name)).toEqual([]);
    const starred = new Set(models.flatMap(rolesOf).flatMap(grantsOf).filter(({ resource }) => resource === '*').map(({ action }) => action));
    expect(Object.keys(WITHOUT_RESOURCES).filter((action) => !starred.has(action))).toEqual([]);
  });
});
