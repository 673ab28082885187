import { describe, expect, it } from 'vitest';
import { templatesOf } from '../support/assembly.ts';
import type { Json } from '../support/assembly.ts';
import { ENVIRONMENTS } from '../support/paths.ts';

/** Types whose replacement loses data, access or money: their logical ids may never change. */
const STATEFUL = new Set([
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient',
  'AWS::CloudTrail::Trail', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::Events::EventBus', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName', 'AWS::Logs::LogGroup',
]);

describe('logical ids of what must not be replaced', () => {
  it.each(ENVIRONMENTS)('%s', async (environment) => {
    const templates = await templatesOf(environment);
    const ids = Object.entries(templates).flatMap(([stack, template]) =>
      Object.entries<Json>(template.Resources)
        .filter(([, { Type }]) => STATEFUL.has(Type))
        .map(([id, { Type }]) => `${stack} ${Type} ${id}`),
    );
    await expect(`${ids.toSorted().join('\n')}\n`).toMatchFileSnapshot(`snapshots/${environment}-logical-ids.txt`);
  });

  it.each(ENVIRONMENTS)('%s keeps everything with personal data in the protected stack', async (environment) => {
    const templates = await templatesOf(environment);
    const elsewhere = Object.entries(templates)
      .filter(([stack]) => stack !== 'Data')
      .flatMap(([, template]) => Object.values<Json>(template.Resources).filter(({ Type }) => ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Cognito::UserPool', 'AWS::SecretsManager::Secret'].includes(Type)));
    expect(elsewhere).toEqual([]);
  });
});
