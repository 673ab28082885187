import { g17Transport } from '../../../../../lib/compliance/rules/gdpr/g17-transport.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const INSECURE: Json = { Bool: { 'aws:SecureTransport': 'false' } };
const deny = (more: Record<string, Json> = {}): Json => ({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: INSECURE, ...more });
const policy = (type: string, target: Record<string, Json>, ...statements: Json[]): Json => ({ Type: type, Properties: { ...target, PolicyDocument: { Statement: statements } } });
const bucket: Json = { Type: 'AWS::S3::Bucket' };
const onBucket = (...statements: Json[]): Record<string, Json> => ({ One: bucket, Policy: policy('AWS::S3::BucketPolicy', { Bucket: { Ref: 'One' } }, ...statements) });
const whole: Json = [{ 'Fn::GetAtt': ['One', 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['One', 'Arn'] }, '/*']] }];
const resource = (Type: string, Properties: Json): Record<string, Json> => ({ One: { Type, Properties } });
const listener = (Properties: Json): Json => ({ Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties });
const distribution = (viewer: Json, behaviour: string, origin: Json): Record<string, Json> => resource('AWS::CloudFront::Distribution', { DistributionConfig: { ViewerCertificate: viewer, DefaultCacheBehavior: { ViewerProtocolPolicy: behaviour }, Origins: [{ Id: 'o', CustomOriginConfig: origin }, { Id: 's', S3OriginConfig: {} }] } });

holds(g17Transport, [
  { name: 'passes a bucket that refuses plain HTTP, objects and itself', resources: onBucket(deny({ Principal: { AWS: '*' }, Action: 's3:*', Resource: whole })), gives: ['One PASS'] },
  { name: 'fails a bucket without a policy, or with one that refuses less', resources: { One: bucket }, gives: ['One FAIL'], says: ['no policy'] },
  { name: 'fails a refusal of one action', resources: onBucket(deny({ Action: 's3:PutObject', Resource: whole })), gives: ['One FAIL'] },
  { name: 'fails a refusal of objects alone', resources: onBucket(deny({ Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['One', 'Arn'] }, '/*']] } })), gives: ['One FAIL'] },
  { name: 'fails a refusal of some people', resources: onBucket(deny({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } })), gives: ['One FAIL'] },
  { name: 'fails a refusal on a further condition', resources: onBucket(deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:SourceAccount': '1' } } })), gives: ['One FAIL'] },
  { name: 'fails the opposite', resources: onBucket(deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), gives: ['One FAIL'] },
  {
    name: 'reads queues and topics',
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' }, Other: { Type: 'AWS::SQS::Queue' }, Topic: { Type: 'AWS::SNS::Topic' },
      QueuePolicy: policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Queue' }] }, deny({ Action: 'sqs:*' })),
      TopicPolicy: policy('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Topic' }] }, deny({ Action: 'sns:Publish' })),
    },
    gives: ['Queue PASS', 'Other FAIL', 'Topic PASS'],
  },
  { name: 'cannot tell a policy, its target or its condition', resources: { One: bucket, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'One' }, PolicyDocument: UNRESOLVED } } }, gives: ['One UNKNOWN'] },
  { name: 'cannot tell for whom a policy is', resources: { One: bucket, Policy: policy('AWS::S3::BucketPolicy', { Bucket: UNRESOLVED }, deny()) }, gives: ['One UNKNOWN'] },
  { name: 'cannot tell a condition', resources: onBucket(deny({ Condition: { Bool: { 'aws:SecureTransport': UNRESOLVED } } })), gives: ['One UNKNOWN'] },
  { name: 'leaves out a bucket of public files', resources: resource('AWS::S3::Bucket', { Tags: [{ Key: 'data-class', Value: 'public' }] }), gives: ['One NOT_APPLICABLE'] },
  { name: 'passes REST APIs at TLS 1.2 and 1.3', resources: { One: { Type: 'AWS::ApiGateway::RestApi', Properties: { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' } }, Two: { Type: 'AWS::ApiGateway::RestApi', Properties: { SecurityPolicy: 'TLS_1_2' } }, Three: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] } } } }, gives: ['One PASS', 'Two PASS', 'Three PASS'] },
  { name: 'fails REST APIs that say nothing, leaves those that are off to their domain names', resources: { One: { Type: 'AWS::ApiGateway::RestApi' }, Two: { Type: 'AWS::ApiGateway::RestApi', Properties: { DisableExecuteApiEndpoint: true } }, Three: { Type: 'AWS::ApiGateway::DomainName', Properties: { SecurityPolicy: 'TLS_1_0' } }, Four: { Type: 'AWS::ApiGateway::DomainName', Properties: { SecurityPolicy: UNRESOLVED } } }, gives: ['One FAIL', 'Two NOT_APPLICABLE', 'Three FAIL', 'Four UNKNOWN'] },
  { name: 'passes a distribution that holds both sides to TLS', resources: distribution({ MinimumProtocolVersion: 'TLSv1.2_2021' }, 'redirect-to-https', { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] }), gives: ['One Viewers PASS', 'One Behaviour default PASS', 'One Origin o PASS'] },
  { name: 'fails a distribution that does not', resources: distribution({ CloudFrontDefaultCertificate: true }, 'allow-all', { OriginProtocolPolicy: 'match-viewer' }), gives: ['One Viewers FAIL', 'One Behaviour default FAIL', 'One Origin o FAIL'] },
  { name: 'fails an origin that takes old versions', resources: distribution({ MinimumProtocolVersion: 'TLSv1.2_2021' }, 'https-only', { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1', 'TLSv1.2'] }), gives: ['One Viewers PASS', 'One Behaviour default PASS', 'One Origin o FAIL'] },
  {
    name: 'reads listeners',
    resources: {
      One: listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }), Two: listener({ Protocol: 'HTTPS' }), Three: listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }] }),
      Four: listener({ Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] }), Five: listener({ Protocol: 'TCP' }), Six: listener({ Protocol: UNRESOLVED }),
    },
    gives: ['One PASS', 'Two FAIL', 'Three PASS', 'Four FAIL', 'Five UNKNOWN', 'Six UNKNOWN'],
  },
  { name: 'reads search and caches', resources: { One: { Type: 'AWS::OpenSearchService::Domain', Properties: { DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-2019-07' } } }, Two: { Type: 'AWS::OpenSearchService::Domain' }, Three: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { TransitEncryptionEnabled: true } } }, gives: ['One PASS', 'Two FAIL', 'Three PASS'] },
]);
