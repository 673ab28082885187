import * as z from 'zod';
import { arn, option, text, whole } from './option.ts';

/** Account id that stands for «no account yet»: it synthesizes, and no credentials can deploy to it. */
export const NO_ACCOUNT = '000000000000';

/** Tags that the estate gives itself: what it is, and what a record of processing activities (Article 30 GDPR) needs to know of a store. */
export const RESERVED_TAGS = ['application', 'environment', 'data-class', 'purpose', 'legal-basis', 'retention-days', 'data-owner'] as const;

/** Tags that a resource may have (quota of AWS). */
const TAGS_OF_A_RESOURCE = 50;

/** Tags that are left to an organisation. */
export const ORGANISATION_TAGS = TAGS_OF_A_RESOURCE - RESERVED_TAGS.length;

/** Names, tags and paths that an organisation prescribes. */
export const Naming = z.strictObject({
  prefix: option(text(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, '3-20 lower-case letters, digits or hyphens, starting with a letter'), {
    description: 'First part of every physical name. Two estates in one account take two prefixes. Twenty characters leave 44 of the 64 of an IAM role name for the rest.',
    mend: 'Use 3-20 lower-case letters, digits or hyphens, starting with a letter.',
  }),
  tags: option(
    z.record(text(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu, 'a tag key of 1-128 letters, digits, spaces or _ . : / = + - @, not beginning with aws:'), text(/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u, 'a tag value of at most 256 letters, digits, spaces or _ . : / = + - @')).default({}),
    { description: `Tags that the organisation demands on every resource: at most ${ORGANISATION_TAGS}, and none that the estate gives itself (${RESERVED_TAGS.join(', ')}).` },
  ),
  bootstrapQualifier: option(text(/^[a-z0-9]{1,10}$/, '1-10 lower-case letters or digits').default('hnb659fds'), {
    description: 'Qualifier of the CDK bootstrap stack in the account.',
    mend: 'Take the value that `cdk bootstrap --qualifier` was run with.',
  }),
  iamPath: option(text(/^\/([\x21-\x7e]{1,510}\/)?$/, 'a path that begins and ends with a slash, such as /platform/').default('/'), { description: 'IAM path of every role and policy.' }),
});

/** Who answers for the estate: roles, never persons. */
export const Responsible = z.strictObject({
  owner: option(z.string().min(3).max(64), { description: 'Role that owns the estate and proposes accepted risks.' }),
  approver: option(z.string().min(3).max(64), { description: 'Role that approves accepted risks; another one than the owner.' }),
});

/** Resources that exist already, brought by id and never looked up. */
export const Existing = z.strictObject({
  vpc: option(
    z.strictObject({
      vpcId: option(text(/^vpc-[0-9a-f]{8,17}$/, 'an id such as vpc-0a1b2c3d4e5f67890'), { description: 'Id of the VPC that functions run in.' }),
      privateSubnetIds: option(z.array(text(/^subnet-[0-9a-f]{8,17}$/, 'an id such as subnet-0a1b2c3d4e5f67890')).min(2), { description: 'Private subnets, in two zones or more.' }),
      availabilityZones: option(z.array(text(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'a zone such as eu-central-1a')).min(2), { description: 'Zones of the subnets, in the same order.' }),
      securityGroupIds: option(z.array(text(/^sg-[0-9a-f]{8,17}$/, 'an id such as sg-0a1b2c3d4e5f67890')).min(1), { description: 'Security groups of the functions.' }),
    }).optional(),
    { description: 'VPC for the functions. Without it they run outside a VPC and reach AWS by IAM and TLS alone.' },
  ),
  webAclArn: arn('wafv2', 'regional/webacl/.+', 'regional/webacl/name/1a2b3c4d-0000-0000-0000-000000000000', 'Regional web ACL to use instead of a new one.').optional(),
  permissionBoundaryArn: arn('iam', 'policy/.+', 'policy/boundary', 'Managed policy that bounds every role.').optional(),
  userPool: option(
    z.strictObject({
      userPoolId: option(text(/^[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]{1,55}$/, 'an id such as eu-central-1_aBcD3fGh1'), { description: 'Id of the staff user pool.' }),
      clientId: option(text(/^[a-z0-9]{8,128}$/, '8-128 lower-case letters or digits'), { description: 'App client that staff tokens are made for.' }),
    }).optional(),
    { description: 'Staff user pool to use instead of a new one; its groups must be named as the roles.' },
  ),
  customerIssuer: option(
    z.strictObject({
      issuerUrl: option(z.url({ protocol: /^https$/ }).meta({ allowed: 'a URL that begins with https://' }), { description: 'OIDC issuer of the platform’s own customers.' }),
      audience: option(z.string().min(1), { description: 'Audience that customers’ tokens must name.' }),
    }).optional(),
    { description: 'OIDC issuer for signed-in customers. Without it every visitor is anonymous.' },
  ),
  keys: option(
    z.strictObject({
      conversations: arn('kms', 'key/[A-Za-z0-9-]+', 'key/1a2b3c4d-0000-0000-0000-000000000000', 'Key of the content of conversations: the conversation table.').optional(),
      subjects: arn('kms', 'key/[A-Za-z0-9-]+', 'key/1a2b3c4d-0000-0000-0000-000000000000', 'Key of key material: it wraps the data keys of subjects, and encrypts the table that they lie in.').optional(),
      logs: arn('kms', 'key/[A-Za-z0-9-]+', 'key/1a2b3c4d-0000-0000-0000-000000000000', 'Key of operational logs: log groups of functions, and the access log.').optional(),
      audit: arn('kms', 'key/[A-Za-z0-9-]+', 'key/1a2b3c4d-0000-0000-0000-000000000000', 'Key of the audit class: the trail and its bucket, and the logs of the API’s errors and of the firewall.').optional(),
      operations: arn('kms', 'key/[A-Za-z0-9-]+', 'key/1a2b3c4d-0000-0000-0000-000000000000', 'Key of secrets, queues and topics.').optional(),
    }).default({}),
    { description: 'Customer managed keys to use instead of new ones, by class of data. Their policies must admit the services that use them.' },
  ),
  topics: option(
    z.strictObject({ page: arn('sns', '[A-Za-z0-9_-]{1,256}', 'topic-name', 'Topic for what must wake somebody.').optional(), ticket: arn('sns', '[A-Za-z0-9_-]{1,256}', 'topic-name', 'Topic for what can wait until morning.').optional() }).default({}),
    { description: 'Notification topics to use instead of new ones; who hears them is subscribed where they were made.' },
  ),
  logArchiveBucket: option(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket name of 3-63 lower-case letters, digits, dots or hyphens').optional(), { description: 'Bucket that the audit trail is delivered to, instead of a new one.' }),
  organisationTrailArn: arn('cloudtrail', 'trail/.+', 'trail/name', 'Organisation trail that records data events and management events; no trail of our own then.').optional(),
});

/** Everything an account allows. */
export const accountConcurrency = whole(10, 100_000, {
  description: 'Concurrent executions that the account may have in this region. Reservations must leave 100 of them unreserved (AWS Lambda quota).',
  unit: 'executions',
  mend: 'Read the quota L-B99A9384 of the account, or lower the reservations.',
});
