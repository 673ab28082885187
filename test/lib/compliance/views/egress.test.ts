import { describe, expect, it } from 'vitest';
import type { Egress } from '../../../../lib/compliance/report/views.ts';
import { regionsOf } from '../../../../lib/compliance/rules/regions.ts';
import type { Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { arn, role, SAMPLE, statement, view } from './view.ts';

const rows = (resources: Readonly<Record<string, Json>>, parameters: Partial<Parameters> = {}): readonly Egress[] => view(resources, parameters).egress;
const shown = ({ from, to, region, leaves }: Egress): string => `${from} > ${to} (${region ?? '?'}): ${leaves}`;
const fn = (variables: Readonly<Record<string, Json>>): Json => ({ Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } });

describe('the register of egress', () => {
  it('names sender, receiver, region and processor, what leaves first', () => {
    expect(rows(SAMPLE).map(shown)).toEqual([
      'Chat > far.example (us-east-1): yes',
      'Chat > nobody.example (?): unknown',
      'Mail > in.mailer.example (eu-central-1): no',
      'ChatRole > Bedrock amazon.nova-lite-v1:0 (eu-central-1): no',
    ]);
    expect(rows(SAMPLE)[2]).toEqual({ from: 'Mail', to: 'in.mailer.example', region: 'eu-central-1', leaves: 'no', data: 'messages of Topic (class of data not declared)', processor: 'Mailer', protection: 'TLS' });
  });

  it('never says that data stays where it cannot be told', () => {
    expect(rows({ Fn: fn({ URL: 'https://country.example' }) }).map(shown)).toEqual(['Fn > country.example (Switzerland): unknown']);
    expect(rows(SAMPLE, { allowedRegions: [] }).every(({ leaves }) => leaves === 'unknown')).toBe(true);
    expect(rows({ Hook: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: { Ref: 'Url' } } } }).map(shown)).toEqual([expect.stringMatching(/^Hook > not known: .*Url.*: unknown$/)]);
    expect(rows({ Page: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sms', Endpoint: '+490000000', TopicArn: 'x' } } }).map(shown)).toEqual(['Page > a telephone (?): unknown']);
  });

  it('says what protects: plain HTTP, mail, a function before delivery, authorization', () => {
    const protections = (resources: Readonly<Record<string, Json>>): (string | undefined)[] => rows(resources).map(({ protection }) => protection);
    const subscription = (Protocol: string, Endpoint: string): Json => ({ Type: 'AWS::SNS::Subscription', Properties: { Protocol, Endpoint, TopicArn: 'x' } });
    expect(protections({ A: subscription('http', 'http://far.example') })).toEqual(['none: plain HTTP']);
    expect(protections({ A: subscription('email', 'a@far.example') })).toEqual(['e-mail: TLS only where the receiver offers it']);
    expect(protections({ C: { Type: 'AWS::Events::Connection', Properties: { AuthorizationType: 'API_KEY' } }, A: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: 'https://far.example', ConnectionArn: { 'Fn::GetAtt': ['C', 'Arn'] } } } })).toEqual(['TLS, authorization API_KEY']);
    expect(protections({ F: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://far.example' }, ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] } } } } })).toEqual(['TLS, a function transforms each record']);
    expect(protections({ A: fn({ HOST: 'https://far.example' }) })).toEqual([undefined]);
  });

  it('follows calls of models to the region of their profile', () => {
    const models = (id: string): string[] => rows({ Fn: fn({ MODEL_ID: id }) }).map(shown);
    expect(models('amazon.nova-lite-v1:0')).toEqual(['Fn > Bedrock amazon.nova-lite-v1:0 (eu-central-1): no']);
    expect(models('eu.amazon.nova-lite-v1:0')).toEqual(['Fn > Bedrock eu.amazon.nova-lite-v1:0 (profile eu.: any region of it): yes']);
    expect(rows({ Fn: fn({ MODEL_ID: 'eu.amazon.nova-lite-v1:0' }) }, { allowedRegions: regionsOf('eu') }).map(shown)).toEqual(['Fn > Bedrock eu.amazon.nova-lite-v1:0 (profile eu.: any region of it): no']);
    const held = { Role: role(statement('bedrock:InvokeModel', ['eu-central-1', 'eu-west-1'].map((region) => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`))), Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), Environment: { Variables: { MODEL_ID: 'eu.amazon.nova-lite-v1:0' } } } } };
    expect(rows(held, { allowedRegions: ['eu-central-1', 'eu-west-1'] }).map(shown)).toContain('Fn > Bedrock eu.amazon.nova-lite-v1:0 (profile eu.: rights hold it to eu-central-1, eu-west-1): no');
    expect(models('us.amazon.nova-lite-v1:0')).toEqual(['Fn > Bedrock us.amazon.nova-lite-v1:0 (profile us.: any region of it): yes']);
    expect(models('global.amazon.nova-lite-v1:0')).toEqual(['Fn > Bedrock global.amazon.nova-lite-v1:0 (profile global.: any region of it): yes']);
    expect(rows({ Fn: fn({ MODEL_ID: { Ref: 'Model' } }) }).map(({ leaves }) => leaves)).toEqual(['unknown']);
    expect(rows({ Any: role(statement('bedrock:InvokeModel', '*')) }).map(shown)).toEqual(['Any > any Bedrock model (any region): yes']);
    expect(rows({ Two: role(statement('bedrock:InvokeModel', ['arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'])) }).map(shown)).toEqual(['Two > Bedrock amazon.nova-lite-v1:0 (eu-central-1, us-east-1): yes']);
  });

  it('shows destinations in other accounts and regions, and others who may read', () => {
    const rule = (Arn: Json): Readonly<Record<string, Json>> => ({ Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn }] } } });
    expect(rows(rule('arn:aws:sqs:eu-central-1:999999999999:q')).map(shown)).toEqual(['Rule > account 999999999999: q (eu-central-1): no']);
    expect(rows(rule('arn:aws:sqs:us-east-1:999999999999:q')).map(shown)).toEqual(['Rule > account 999999999999: q (us-east-1): yes']);
    expect(rows(rule('arn:aws:sqs:us-east-1:111122223333:q'))[0]).toMatchObject({ to: 'own account in us-east-1: q', leaves: 'yes', processor: 'AWS (contract: article 28)' });
    expect(rows(rule({ Ref: 'Target' })).map(shown)).toEqual(['Rule > not known: Ref "Target" (?): unknown']);
    const partner = [{ name: 'Partner', hosts: ['999999999999'], region: 'eu-central-1' }];
    expect(rows({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:Decrypt', Resource: '*' }] } } } }, { processors: partner })).toEqual([{ from: 'Key', to: 'account 999999999999: may read it', region: 'eu-central-1', leaves: 'no', processor: 'Partner', data: 'what lies under the key', protection: 'TLS, between services of AWS' }]);
  });

  it('names the platform as the processor of what its services do', () => {
    expect(rows(SAMPLE, { platform: 'Cloud of ours' }).at(-1)?.processor).toBe('Cloud of ours (contract: article 28)');
  });

  it('shows copies in other regions, and none in its own', () => {
    const table = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1' }, { Region: 'us-east-1' }, { Region: { Ref: 'Other' } }] } };
    expect(rows({ Table: table }).map(shown)).toEqual(['Table > Copy 2 of it: us-east-1 (us-east-1): yes', expect.stringMatching(/^Table > Copy 3 of it: .*: unknown$/)]);
  });
});
