import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../../lambda/contracts/routes.ts';
import { StaffPool } from '../../../lib/identity/index.ts';
import type { StaffPoolProps } from '../../../lib/identity/index.ts';
import { capability, only, propertiesOf, variablesOf } from '../../support/capability-app.ts';

const make = (props: Partial<StaffPoolProps> = {}) =>
  capability(({ stack, caller }) => {
    const staff = new StaffPool(stack, 'Staff', { prefix: 'demo', existing: undefined, owner: 'support-lead', removal: RemovalPolicy.RETAIN, deletionProtection: true, ...props });
    staff.trustedBy(caller());
    return staff;
  });

describe('the staff pool', () => {
  const { template } = make();
  const pool = only(template, 'AWS::Cognito::UserPool');

  it('demands a second factor, and takes no SMS for one', () => {
    expect(pool).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
  });

  it('lets nobody sign up, and watches for stolen credentials', () => {
    expect(pool).toMatchObject({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } });
    expect(pool['AccountRecoverySetting']).toEqual({ RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] });
  });

  it('demands long passwords', () => {
    expect(pool['Policies']).toMatchObject({ PasswordPolicy: { MinimumLength: 14, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true, TemporaryPasswordValidityDays: 3 } });
  });

  it('has a group for each role of staff', () => {
    expect([...propertiesOf(template, 'AWS::Cognito::UserPoolGroup').values()].map(({ GroupName }) => GroupName)).toEqual([...STAFF_ROLES]);
  });

  it('gives short tokens that can be taken back, without a client secret or OAuth', () => {
    expect(only(template, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 540,
      EnableTokenRevocation: true,
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      AllowedOAuthFlowsUserPoolClient: false,
      // Both without a password in a public call: the first proves that it is known, the other takes IAM credentials.
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  it('is protected and stays, or goes', () => {
    const fate = (props: Partial<StaffPoolProps>) => Object.values(make(props).template.findResources('AWS::Cognito::UserPool')).map(({ DeletionPolicy, Properties }) => [String(DeletionPolicy), (Properties as { DeletionProtection: string }).DeletionProtection]);
    expect(fate({})).toEqual([['Retain', 'ACTIVE']]);
    expect(fate({ removal: RemovalPolicy.DESTROY, deletionProtection: false })).toEqual([['Delete', 'INACTIVE']]);
  });

  it('tells who checks tokens which issuer and client they come from', () => {
    expect(variablesOf(template, 'demo-interactions')).toMatchObject({ STAFF_ISSUER: '<StaffPool.ProviderURL>', STAFF_CLIENT_ID: '<StaffPoolConsole>' });
  });
});

describe('staff as data subjects', () => {
  const rights = (props: Partial<StaffPoolProps>): string[] => {
    const said: string[] = [];
    const role = (name: string) => ({ allow: (actions: readonly string[], resources: readonly string[]): unknown => said.push(`${name}: ${actions.join(' ')} on ${resources.length}`) });
    const { made } = make(props);
    made.grantErase(role('erase'));
    made.grantExport(role('export'));
    return said;
  };

  it('are declared as such', () => {
    expect(only(make().template, 'AWS::Cognito::UserPool')['UserPoolTags']).toMatchObject({ 'data-class': 'staff-identity', 'legal-basis': 'contract' });
  });

  it('can be found by their address, read and deleted, and not listed', () => {
    expect(rights({})).toEqual(['erase: cognito-idp:AdminGetUser cognito-idp:AdminDeleteUser on 1', 'export: cognito-idp:AdminGetUser on 1']);
  });

  it('of a pool that is brought are for who brings it', () => {
    expect(rights({ existing: { userPoolId: 'eu-central-1_aBcD3fGh1', clientId: '1a2b3c4d5e' } })).toEqual([]);
  });
});

describe('a pool that is brought', () => {
  const { template } = make({ existing: { userPoolId: 'eu-central-1_aBcD3fGh1', clientId: '1a2b3c4d5e' } });

  it('makes none, and no groups: they stand in that pool', () => {
    for (const type of ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolGroup']) expect([type, propertiesOf(template, type).size]).toEqual([type, 0]);
  });

  it('is trusted in the region of the environment, under the domain of its partition', () => {
    expect(variablesOf(template, 'demo-interactions')).toMatchObject({ STAFF_ISSUER: 'https://cognito-idp.eu-central-1.<AWS::URLSuffix>/eu-central-1_aBcD3fGh1', STAFF_CLIENT_ID: '1a2b3c4d5e' });
  });
});
