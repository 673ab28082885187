import { describe, expect, it } from 'vitest';
import { g24Processors } from '../../../../../lib/compliance/rules/gdpr/g24-processors.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';
import { judge } from '../judge.ts';

const REGISTER = { processors: [{ name: 'Vendor', hosts: ['api.vendor.example', '*.mail.example', 'shop.example'], region: 'DE' }] };
const one = (Type: string, Properties: Json): Record<string, Json> => ({ R: { Type, Properties } });
const fn = (Variables: Json): Record<string, Json> => one('AWS::Lambda::Function', { Environment: { Variables } });
const filter = (DestinationArn: Json): Record<string, Json> => one('AWS::Logs::SubscriptionFilter', { LogGroupName: 'x', DestinationArn });
const subscription = (Protocol: Json, Endpoint: Json): Record<string, Json> => one('AWS::SNS::Subscription', { Protocol, Endpoint });
const stream = (Processing: Json): Record<string, Json> => ({ Copies: { Type: 'AWS::S3::Bucket' }, ...one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { BucketARN: { 'Fn::GetAtt': ['Copies', 'Arn'] }, ...(Processing === null ? {} : { ProcessingConfiguration: Processing }) } }) });

holds(g24Processors, [
  { name: 'passes for hosts of the register', parameters: REGISTER, resources: { A: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: 'https://API.vendor.example/v1/*' } }, ...subscription('email', 'care@eu.mail.example') }, gives: ['A api.vendor.example PASS', 'R eu.mail.example PASS'], says: ['Vendor (DE)'] },
  { name: 'fails for others, subdomains without a wildcard and the bare domain of one included', parameters: REGISTER, resources: { A: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: 'https://x.api.vendor.example/' } }, B: { Type: 'AWS::Events::Connection', Properties: { AuthParameters: { OAuthParameters: { AuthorizationEndpoint: 'https://login.other.example/token' } } } }, C: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Key: 'data-class', Value: 'none' }], Subscription: [{ Protocol: 'https', Endpoint: 'https://evilmail.example' }, { Protocol: 'email', Endpoint: 'a@mail.example' }] } } }, gives: ['A x.api.vendor.example FAIL', 'B login.other.example FAIL', 'C evilmail.example FAIL', 'C mail.example FAIL'] },
  { name: 'reads integrations of APIs, but not those into the own network', parameters: REGISTER, resources: { A: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Type: 'HTTP_PROXY', Uri: 'http://old.example/x' } } }, B: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://api.vendor.example' } }, C: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationUri: 'arn' } }, D: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Type: 'AWS_PROXY', Uri: 'arn' } } } }, gives: ['A old.example FAIL', 'B api.vendor.example PASS'] },
  { name: 'reads hosts in settings, those of AWS and browser origins aside', parameters: REGISTER, resources: fn({ SETTINGS: '{"orders":{"url":"https://api.vendor.example/v1"},"hook":"https://hooks.other.example","embedOrigins":["https://www.page.example"]}', QUEUE: 'https://sqs.eu-central-1.amazonaws.com/1/q', ALLOWED_ORIGINS: 'https://www.page.example', OWN: { 'Fn::Sub': 'https://${R}/x' }, API: { 'Fn::Sub': 'https://abc.execute-api.${AWS::Region}.${AWS::URLSuffix}/live' } }), gives: ['R api.vendor.example PASS', 'R hooks.other.example FAIL'] },
  { name: 'leaves telephones to a person', resources: subscription('sms', '+4900000000'), gives: ['R Endpoint MANUAL'] },
  { name: 'asks nothing of subscriptions inside', resources: subscription('lambda', { 'Fn::Sub': 'arn:aws:lambda:eu-central-1:${AWS::AccountId}:function:f' }), gives: ['estate NOT_APPLICABLE'] },
  { name: 'wants copies to pass a function', resources: stream({ Enabled: true, Processors: [{ Type: 'Lambda' }] }), gives: ['R Copy to ExtendedS3 PASS'] },
  { name: 'fails for copies as they are', resources: { ...stream(null), S: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Enabled: false, Processors: [{ Type: 'Lambda' }] } } } } }, gives: ['R Copy to ExtendedS3 FAIL', 'S Copy to ExtendedS3 FAIL'] },
  { name: 'leaves streams of tables to a person', resources: { S: { Type: 'AWS::Kinesis::Stream' }, T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ KinesisStreamSpecification: { StreamArn: { 'Fn::GetAtt': ['S', 'Arn'] } } }] } } }, gives: ['T Copy 1 MANUAL'] },
  { name: 'cannot tell what a parameter decides', parameters: REGISTER, resources: { ...subscription('https', UNRESOLVED), S: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: UNRESOLVED } }, A: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: { 'Fn::Sub': 'https://${AParameter}.other.example/x' } } }, F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { VENDOR_URL: UNRESOLVED, NAME: UNRESOLVED } } } } }, gives: ['R Endpoint UNKNOWN', 'S Protocol UNKNOWN', 'A <unknown>.other.example UNKNOWN', 'F Environment.Variables.VENDOR_URL UNKNOWN'], says: ['AParameter'] },
  { name: 'cannot tell of variables that are not known at all', parameters: REGISTER, resources: fn(UNRESOLVED), gives: ['R Environment.Variables UNKNOWN'] },
  { name: 'is not told by a suffix of the register: the parameter may end a host before it', parameters: REGISTER, resources: { A: { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: { 'Fn::Sub': 'https://${AParameter}.mail.example/x' } } } }, gives: ['A <unknown>.mail.example UNKNOWN'] },
  { name: 'passes for an account of the register', parameters: { processors: [{ name: 'Log house', hosts: ['999999999999'], region: 'eu-central-1' }] }, resources: filter('arn:aws:logs:us-east-1:999999999999:destination:siem'), gives: ['R account 999999999999, us-east-1, destination:siem PASS'], says: ['Log house (eu-central-1)'] },
  { name: 'cannot tell whether an account is the own where the template is bound to none', resources: filter('arn:aws:logs:eu-central-1:999999999999:destination:siem'), gives: ['R account 999999999999, eu-central-1, destination:siem UNKNOWN'], says: ['which account the template is deployed to is not told'] },
  { name: 'passes for the own account in an allowed region', parameters: { allowedRegions: ['eu-central-1', 'eu-west-1'] }, resources: filter({ 'Fn::Sub': 'arn:aws:kinesis:eu-west-1:${AWS::AccountId}:stream/s' }), gives: ['R eu-west-1, stream/s PASS'], says: ['with AWS, in another region that is allowed'] },
  { name: 'fails for the own account in a region that is not allowed', parameters: { allowedRegions: ['eu-central-1'] }, resources: filter({ 'Fn::Sub': 'arn:aws:kinesis:us-east-1:${AWS::AccountId}:stream/s' }), gives: ['R us-east-1, stream/s FAIL'] },
  { name: 'cannot tell of another region where none is declared', resources: filter({ 'Fn::Sub': 'arn:aws:kinesis:us-east-1:${AWS::AccountId}:stream/s' }), gives: ['R us-east-1, stream/s UNKNOWN'], says: ['allowedRegions'] },
  { name: 'cannot tell of a destination that a parameter decides', parameters: REGISTER, resources: filter(UNRESOLVED), gives: ['R DestinationArn UNKNOWN'], says: ['AParameter'] },
  { name: 'leaves what is open to anybody to other rules', resources: { B: { Type: 'AWS::S3::Bucket' }, P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'B' }, PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' } } } } }, gives: ['estate NOT_APPLICABLE'] },
]);

describe('G24 of an estate that is bound to an account', () => {
  const given = (resources: Record<string, Json>): string[] => judge(g24Processors, resources, {}, { account: '111122223333' }).map(({ resource, part, verdict }) => `${resource?.logicalId ?? 'estate'} ${part ?? ''} ${verdict}`);

  it('fails for accounts that are not in the register: destinations, and others who may read', () => {
    expect(given(filter('arn:aws:logs:eu-central-1:999999999999:destination:siem'))).toEqual(['R account 999999999999, eu-central-1, destination:siem FAIL']);
    expect(given({ K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:Decrypt', Resource: '*' }] } } } })).toEqual(['K account 999999999999 FAIL']);
    expect(given({ B: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: 'arn:aws:s3:::theirs', Account: '999999999999' } }] } } } })).toEqual(['B account 999999999999, theirs FAIL']);
  });
});
