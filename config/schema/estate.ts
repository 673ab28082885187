import * as z from 'zod';
import { arn, option, whole } from './option.ts';

/** Account id that stands for «no account yet»: it synthesizes, and no credentials can deploy to it. */
export const NO_ACCOUNT = '000000000000';

/** Names, tags and paths that an organisation prescribes. */
export const Naming = z.strictObject({
  prefix: option(z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, 'must be 3-20 lower-case letters, digits or hyphens'), {
    description: 'First part of every physical name. Two estates in one account take two prefixes.',
    mend: 'Use 3-20 lower-case letters, digits or hyphens, starting with a letter.',
  }),
  tags: option(z.record(z.string().min(1).max(128), z.string().max(256)).default({}), { description: 'Tags that the organisation demands on every resource.' }),
  bootstrapQualifier: option(z.string().regex(/^[a-z0-9]{1,10}$/).default('hnb659fds'), {
    description: 'Qualifier of the CDK bootstrap stack in the account.',
    mend: 'Take the value that `cdk bootstrap --qualifier` was run with.',
  }),
  iamPath: option(z.string().regex(/^\/([\x21-\x7e]+\/)?$/, 'must begin and end with a slash').default('/'), { description: 'IAM path of every role and policy.' }),
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
      vpcId: option(z.string().regex(/^vpc-[0-9a-f]{8,17}$/), { description: 'Id of the VPC that functions run in.' }),
      privateSubnetIds: option(z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/)).min(2), { description: 'Private subnets, in two zones or more.' }),
      availabilityZones: option(z.array(z.string()).min(2), { description: 'Zones of the subnets, in the same order.' }),
      securityGroupIds: option(z.array(z.string().regex(/^sg-[0-9a-f]{8,17}$/)).min(1), { description: 'Security groups of the functions.' }),
    }).optional(),
    { description: 'VPC for the functions. Without it they run outside a VPC and reach AWS by IAM and TLS alone.' },
  ),
  webAclArn: arn('wafv2', 'Regional web ACL to use instead of a new one.').optional(),
  permissionBoundaryArn: arn('iam', 'Managed policy that bounds every role.').optional(),
  userPool: option(
    z.strictObject({
      userPoolId: option(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]+$/), { description: 'Id of the staff user pool.' }),
      clientId: option(z.string().regex(/^[a-z0-9]{8,128}$/), { description: 'App client that staff tokens are made for.' }),
    }).optional(),
    { description: 'Staff user pool to use instead of a new one; its groups must be named as the roles.' },
  ),
  customerIssuer: option(
    z.strictObject({
      issuerUrl: option(z.url({ protocol: /^https$/ }), { description: 'OIDC issuer of the platform’s own customers.' }),
      audience: option(z.string().min(1), { description: 'Audience that customers’ tokens must name.' }),
    }).optional(),
    { description: 'OIDC issuer for signed-in customers. Without it every visitor is anonymous.' },
  ),
  keys: option(
    z.strictObject({
      conversations: arn('kms', 'Key of the conversation table.').optional(),
      subjects: arn('kms', 'Key that wraps the data keys of subjects.').optional(),
      logs: arn('kms', 'Key of the log groups.').optional(),
      operations: arn('kms', 'Key of secrets, queues and topics.').optional(),
    }).default({}),
    { description: 'Customer managed keys to use instead of new ones, by class of data. Their policies must admit the services that use them.' },
  ),
  topics: option(
    z.strictObject({ page: arn('sns', 'Topic for what must wake somebody.').optional(), ticket: arn('sns', 'Topic for what can wait until morning.').optional() }).default({}),
    { description: 'Notification topics to use instead of new ones.' },
  ),
  logArchiveBucket: option(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional(), { description: 'Bucket that the audit trail is delivered to, instead of a new one.' }),
  organisationTrailArn: arn('cloudtrail', 'Organisation trail that records the data events; no trail of our own then.').optional(),
});

/** Everything an account allows. */
export const accountConcurrency = whole(10, 100_000, {
  description: 'Concurrent executions that the account may have in this region. Reservations must leave 100 of them unreserved (AWS Lambda quota).',
  unit: 'executions',
  mend: 'Read the quota L-B99A9384 of the account, or lower the reservations.',
});
