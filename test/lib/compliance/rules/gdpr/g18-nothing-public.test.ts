import { g18NothingPublic } from '../../../../../lib/compliance/rules/gdpr/g18-nothing-public.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const BLOCKS: Record<string, Json> = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const bucket = (more: Record<string, Json> = {}): Json => ({ Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: BLOCKS, ...more } });
const queuePolicy = (...statements: Json[]): Record<string, Json> => ({ One: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['q'], PolicyDocument: { Statement: statements } } } });
const open = (Condition?: Json): Json => ({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', ...(Condition !== undefined && { Condition }) });
const permission = (more: Record<string, Json>): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'f', ...more } });
const url = (AuthType: Json): Json => ({ Type: 'AWS::Lambda::Url', Properties: { AuthType } });

holds(g18NothingPublic, [
  { name: 'passes a bucket with all four blocks', resources: { One: bucket() }, gives: ['One Public access block PASS', 'One ACL PASS'] },
  { name: 'fails a missing block, a public list, and no blocks at all', resources: { One: bucket({ PublicAccessBlockConfiguration: { ...BLOCKS, BlockPublicPolicy: false } }), Two: bucket({ AccessControl: 'PublicRead' }), Three: { Type: 'AWS::S3::Bucket' } }, gives: ['One Public access block FAIL', 'One ACL PASS', 'Two Public access block PASS', 'Two ACL FAIL', 'Three Public access block FAIL', 'Three ACL PASS'] },
  { name: 'cannot tell a block that is a parameter', resources: { One: bucket({ PublicAccessBlockConfiguration: { ...BLOCKS, BlockPublicAcls: UNRESOLVED } }) }, gives: ['One Public access block UNKNOWN', 'One ACL PASS'], says: ['AParameter'] },
  { name: 'leaves out a bucket of public files, with its policy', resources: { One: bucket({ PublicAccessBlockConfiguration: {}, Tags: [{ Key: 'data-class', Value: 'public' }] }), Two: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'One' }, PolicyDocument: { Statement: [open()] } } } }, gives: ['One NOT_APPLICABLE', 'Two NOT_APPLICABLE'] },
  { name: 'asks function URLs', resources: { One: url('AWS_IAM'), Two: url('NONE'), Three: url(UNRESOLVED) }, gives: ['One PASS', 'Two FAIL', 'Three UNKNOWN'] },
  { name: 'asks permissions', resources: { One: permission({ Principal: 'apigateway.amazonaws.com' }), Two: permission({ Principal: '*' }), Three: permission({ Principal: '*', PrincipalOrgID: 'o-abc' }), Four: permission({ Principal: UNRESOLVED }), Five: permission({ Principal: '*', SourceArn: 'arn:aws:s3:::*' }), Six: permission({ Principal: '*', SourceAccount: UNRESOLVED }) }, gives: ['One PASS', 'Two FAIL', 'Three PASS', 'Four UNKNOWN', 'Five FAIL', 'Six UNKNOWN'] },
  { name: 'passes statements that name who comes, deny, or narrow it down', resources: queuePolicy({ ...(open() as object), Principal: { Service: 'sns.amazonaws.com' } }, { ...(open() as object), Effect: 'Deny' }, open({ ArnEquals: { 'aws:SourceArn': { Ref: 'AWS::StackId' } } }), open({ StringEquals: { 'AWS:PrincipalOrgId': 'o-abc' } })), gives: ['One PASS'] },
  { name: 'fails a statement that is open to anybody', resources: queuePolicy({ Effect: 'Deny', Principal: '*' }, open(), { ...(open() as object), Principal: { AWS: ['*'] } }), gives: ['One Statement 2 FAIL', 'One Statement 3 FAIL'] },
  { name: 'fails conditions that narrow nothing down', resources: queuePolicy(open({ Bool: { 'aws:SecureTransport': 'true' } }), open({ StringNotEquals: { 'aws:PrincipalAccount': '1' } }), open({ StringLike: { 'aws:PrincipalArn': '*' } }), open({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), open({ StringEqualsIfExists: { 'aws:SourceAccount': '1' } })), gives: ['One Statement 1 FAIL', 'One Statement 2 FAIL', 'One Statement 3 FAIL', 'One Statement 4 FAIL', 'One Statement 5 FAIL'] },
  { name: 'fails conditions that anybody fits', resources: queuePolicy(open({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }), open({ StringLike: { 'aws:PrincipalAccount': '????????????' } }), open({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }), open({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } })), gives: ['One Statement 1 FAIL', 'One Statement 2 FAIL', 'One Statement 3 FAIL', 'One Statement 4 FAIL'] },
  { name: 'passes one condition that names somebody beside others that do not', resources: queuePolicy(open({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } })), gives: ['One PASS'] },
  { name: 'fails all but somebody', resources: queuePolicy({ Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: 'sqs:*', Resource: '*' }), gives: ['One Statement 1 FAIL'] },
  { name: 'cannot tell a principal, a condition it does not know, and a policy that depends', resources: { ...queuePolicy({ ...(open() as object), Principal: { AWS: UNRESOLVED } }, open({ StringEquals: { 'vendor:Key': 'x' } })), Two: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: UNRESOLVED } } }, gives: ['One Statement 1 UNKNOWN', 'One Statement 2 UNKNOWN', 'Two Statement 1 UNKNOWN'] },
  { name: 'reads policies that are JSON text, and trust policies', resources: { One: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: JSON.stringify({ Statement: [open()] }) } }, Two: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] } } } }, gives: ['One Statement 1 FAIL', 'Two Statement 1 FAIL'] },
  {
    name: 'reads search and databases',
    resources: {
      One: { Type: 'AWS::OpenSearchServerless::SecurityPolicy', Properties: { Type: 'network', Policy: '[{"Rules":[],"AllowFromPublic":true},{"AllowFromPublic":false}]' } },
      Two: { Type: 'AWS::OpenSearchService::Domain', Properties: { AccessPolicies: { Statement: [open()] } } },
      Three: { Type: 'AWS::RDS::DBInstance', Properties: { PubliclyAccessible: true } }, Four: { Type: 'AWS::RDS::DBInstance', Properties: { PubliclyAccessible: false } }, Five: { Type: 'AWS::RDS::DBInstance' },
    },
    gives: ['One Rule 1 FAIL', 'One Rule 2 PASS', 'Two Statement 1 FAIL', 'Three FAIL', 'Four PASS', 'Five UNKNOWN'],
  },
]);
