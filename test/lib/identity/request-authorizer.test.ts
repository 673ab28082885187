import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../config/schema/operations.ts';
import { DeliveryPipeline } from '../../../lib/delivery/index.ts';
import { RequestAuthorizer, SigningSecret, StaffPool } from '../../../lib/identity/index.ts';
import type { RequestAuthorizerProps } from '../../../lib/identity/index.ts';
import { capability, functionCalled, grantsOf, variablesOf } from '../../support/capability-app.ts';

const make = (customers?: RequestAuthorizerProps['customers'], settings: RequestAuthorizerProps['settings'] = { tokenMinutes: 60 }) =>
  capability(({ stack, key, runtime, observability }) => {
    const stores = { prefix: 'demo', owner: 'support-lead', removal: RemovalPolicy.DESTROY };
    return new RequestAuthorizer(stack, 'Authorizer', {
      runtime,
      size: { memoryMegabytes: 512, timeoutSeconds: 5, reservedConcurrency: 20 },
      settings,
      signing: new SigningSecret(stack, 'Signing', { ...stores, key, runtime, observability }),
      staff: new StaffPool(stack, 'Staff', { ...stores, existing: { userPoolId: 'eu-central-1_aBcD3fGh1', clientId: '1a2b3c4d5e' }, deletionProtection: false }),
      customers,
      pipeline: new DeliveryPipeline(stack, 'Delivery', { prefix: 'demo', runtime, delivery: Delivery.parse({ enabled: true }) }),
      observability,
    });
  });

describe('the authorizer', () => {
  it('may read the signing key and nothing else', () => {
    expect(grantsOf(make().template, 'demo-authorizer')).toEqual(['secretsmanager:GetSecretValue on <SigningSecret>', 'kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = secretsmanager.<AWS::Region>.amazonaws.com']);
  });

  it('knows whose tokens are staff tokens', () => {
    const variables = variablesOf(make().template, 'demo-authorizer');
    expect(variables).toMatchObject({ STAFF_ISSUER: 'https://cognito-idp.eu-central-1.<AWS::URLSuffix>/eu-central-1_aBcD3fGh1', STAFF_CLIENT_ID: '1a2b3c4d5e', SETTINGS: '{"tokenMinutes":60}' });
    expect(variables).not.toHaveProperty('CUSTOMER_ISSUER');
  });

  it('knows the issuer of customers when there is one', () => {
    const customers = { issuerUrl: 'https://login.shop.example', audience: 'chat' };
    expect(variablesOf(make(customers).template, 'demo-authorizer')).toMatchObject({ CUSTOMER_ISSUER: customers.issuerUrl, CUSTOMER_AUDIENCE: customers.audience });
  });

  it('knows the networks of staff', () => {
    expect(variablesOf(make(undefined, { tokenMinutes: 60, staffNetworks: ['192.0.2.0/24'] }).template, 'demo-authorizer')).toMatchObject({ SETTINGS: '{"tokenMinutes":60,"staffNetworks":["192.0.2.0/24"]}' });
  });

  it('is deployed gradually, with its own size', () => {
    const { template } = make();
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', { DeploymentGroupName: 'demo-authorizer' });
    expect(functionCalled(template, 'demo-authorizer')).toMatchObject({ Timeout: 5, MemorySize: 512, ReservedConcurrentExecutions: 20 });
  });
});
