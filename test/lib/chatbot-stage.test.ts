import { describe, expect, it } from 'vitest';
import { allOptions } from '../../config/option-tree.ts';
import { MAX_TURN_MINUTES } from '../../lambda/domain/conversation/sweep.ts';
import type { Found, Json } from '../support/assembly.ts';
import { list, plain } from '../support/capability-app.ts';
import { circleIn, Estate, estateOf, lengthOf, statementsIn } from '../support/estate.ts';
import { BOUNDARY, BROUGHT, KEYS, SWITCHED_OFF, TOPICS, variants, VPC } from '../support/stage-variants.ts';
import { ENCRYPTED, invoked, isKeyRoot, NAME_LIMITS } from '../support/template-facts.ts';

const { production, development, 'everything brought': brought } = variants as Record<'production' | 'development' | 'everything brought', Estate>;

const named = ({ stack, id }: Found): string => `${stack}/${id}`;
const functionsOf = (estate: Estate): Found[] => estate.of('AWS::Lambda::Function');
const suffixOf = ({ properties }: Found): string => String(properties.FunctionName).replace(/^(chatbot-(prod|dev)|a{20})-/, '');

/** Functions that serve a request or a product event; the others are woken by a schedule or by a service that waits for them. */
const SERVING = ['authorizer', 'chat', 'interactions', 'outbox-relay', 'pages', 'turn-worker'];
const NOT_SERVING = ['credential-age', 'pre-traffic', 'rotate-signing-key', 'sweep'];

/** Variants whose new versions get all traffic at once. */
const AT_ONCE = new Set(['no gradual deployment', 'without delivery.reason', 'everything switched off']);

describe.each(Object.entries(variants))('%s', (name, estate) => {
  it('leaves no finding of the rule packs that nobody decided on', () => {
    expect(estate.openFindings()).toEqual([]);
  });

  it('leaves nothing open to our own rules, and accepts nothing that is not there', () => {
    const { open, wrong } = estate.gate();
    expect([open, wrong]).toEqual([[], []]);
  });

  it('has no circle in a template', () => {
    for (const [stack, template] of Object.entries(estate.templates)) expect([stack, circleIn(template)]).toEqual([stack, undefined]);
  });

  it('stays inside what CloudFormation takes', () => {
    for (const [stack, template] of Object.entries(estate.templates)) {
      expect([stack, Object.keys(template.Resources).length <= 500, Object.keys(template.Outputs ?? {}).length <= 200, JSON.stringify(template).length < 1_000_000]).toEqual([stack, true, true, true]);
    }
  });

  it('sends every alarm somewhere, both ways', () => {
    const alarms = estate.of('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(20);
    for (const alarm of alarms) expect([named(alarm), alarm.properties.AlarmActions?.length, alarm.properties.OKActions?.length]).toEqual([named(alarm), 1, 1]);
  });

  it('lets no service invoke a function without saying for whom', () => {
    const permissions = estate.of('AWS::Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(5);
    for (const permission of permissions) expect([named(permission), permission.properties.SourceArn ?? permission.properties.SourceAccount]).not.toContain(undefined);
  });

  it('encrypts everything that keeps something under a customer key', () => {
    const unencrypted = estate.resources.filter(({ resource, properties }) => ENCRYPTED[resource.Type]?.(properties) === undefined && resource.Type in ENCRYPTED);
    expect(unencrypted.map(named)).toEqual([]);
    expect(estate.resources.filter(({ resource }) => resource.Type in ENCRYPTED).length).toBeGreaterThan(10);
  });

  it('allows no action by a star, but the account itself on its keys', () => {
    const starred = statementsIn(estate).filter(({ effect, actions, statement }) => effect === 'Allow' && actions.some((action) => action === '*' || action.endsWith(':*')) && !isKeyRoot(statement));
    expect(starred.map(({ where, actions }) => `${where}: ${actions.join(' ')}`)).toEqual([]);
    const ofRoles = statementsIn(estate).filter(({ type, actions }) => type.startsWith('AWS::IAM::') && actions.some((action) => action.includes('*')));
    expect(ofRoles.map(({ where }) => where)).toEqual([]);
  });

  it('allows a star of resources for traces only, and for network interfaces in a VPC', () => {
    const starred = statementsIn(estate).filter(({ type, effect, resources }) => type.startsWith('AWS::IAM::') && effect === 'Allow' && resources.some((resource) => JSON.stringify(resource).includes('*')));
    const services = new Set(starred.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])));
    expect(services).toEqual(new Set(functionsOf(estate).some(({ properties }) => properties.VpcConfig) ? ['ec2', 'xray'] : ['xray']));
  });

  it('has only managed policies, each at least one action and one resource, none longer than IAM takes', () => {
    expect([...estate.of('AWS::IAM::Policy', 'AWS::IAM::RolePolicy').map(named), ...estate.of('AWS::IAM::Role').filter(({ properties }) => properties.Policies ?? properties.ManagedPolicyArns).map(named)]).toEqual([]);
    for (const { where, type, actions, resources } of statementsIn(estate)) expect([where, actions.length > 0, resources.length > 0 || !type.startsWith('AWS::IAM::')]).toEqual([where, true, true]);
    // 6,144 characters (IAM quota); a reference becomes an ARN or a name of at most 120.
    for (const policy of estate.of('AWS::IAM::ManagedPolicy')) expect([named(policy), lengthOf(policy.properties.PolicyDocument, 120) <= 6_144]).toEqual([named(policy), true]);
  });

  it('gives functions no more environment than Lambda takes', () => {
    for (const fn of functionsOf(estate)) {
      const { Variables } = fn.properties.Environment;
      const bytes = Object.keys(Variables).reduce((sum, key) => sum + key.length + lengthOf(Variables[key], 110), 0);
      expect([named(fn), bytes <= 4_096]).toEqual([named(fn), true]);
    }
  });

  it('uses no name that is too long for its service', () => {
    for (const [type, [property, limit]] of Object.entries(NAME_LIMITS)) {
      for (const resource of estate.of(type)) {
        const value = resource.properties[property];
        if (typeof value === 'string') expect([named(resource), value.length <= limit]).toEqual([named(resource), true]);
      }
    }
  });

  it('has a function of each kind, and knows which serve', () => {
    const expected = [...SERVING, ...NOT_SERVING].filter((one) => (!AT_ONCE.has(name) || one !== 'pre-traffic') && (name !== 'development' || one !== 'credential-age'));
    expect(functionsOf(estate).map(suffixOf).toSorted()).toEqual(expected.toSorted());
  });

  it('puts every function that serves behind the alias `live`', () => {
    const behind = estate.of('AWS::Lambda::Alias').map((alias) => ({ alias, fn: estate.target(alias.properties.FunctionName, alias.stack) as Found }));
    expect(behind.map(({ fn }) => suffixOf(fn)).toSorted()).toEqual(SERVING);
    expect(new Set(behind.map(({ alias }) => alias.properties.Name))).toEqual(new Set(['live']));
  });

  it('deploys each alias by a group of its own, when deployment is gradual', () => {
    const groups = estate.of('AWS::CodeDeploy::DeploymentGroup');
    const updates = estate.of('AWS::Lambda::Alias').map(({ resource, stack }) => estate.target(resource.UpdatePolicy?.CodeDeployLambdaAliasUpdate?.DeploymentGroupName, stack)?.id);
    if (AT_ONCE.has(name)) expect([...groups, ...updates.filter(Boolean)]).toEqual([]);
    else expect([groups.length, new Set(updates)]).toEqual([updates.length, new Set(groups.map(({ id }) => id))]);
  });

  it('wakes functions that serve by their alias', () => {
    const mappings = estate.of('AWS::Lambda::EventSourceMapping').map(({ properties, stack }) => estate.target(properties.FunctionName, stack));
    const methods = estate.of('AWS::ApiGateway::Method', 'AWS::ApiGateway::Authorizer').flatMap(({ properties, stack }) => invoked(properties.Integration?.Uri ?? properties.AuthorizerUri).map((value) => estate.target(value, stack)));
    const permitted = estate.of('AWS::Lambda::Permission').map(({ properties, stack }) => ({ target: estate.target(properties.FunctionName, stack), principal: properties.Principal }));
    expect(mappings.map((found) => found?.resource.Type)).toEqual(['AWS::Lambda::Alias', 'AWS::Lambda::Alias']);
    expect(methods.length).toBeGreaterThan(7);
    expect(new Set(methods.map((found) => found?.resource.Type))).toEqual(new Set(['AWS::Lambda::Alias']));
    const direct = permitted.flatMap(({ target, principal }) => (target?.resource.Type === 'AWS::Lambda::Function' ? [`${principal} ${suffixOf(target)}`] : []));
    expect(new Set(direct)).toEqual(new Set(['events.amazonaws.com sweep', 'secretsmanager.amazonaws.com rotate-signing-key', ...(name === 'development' ? [] : ['events.amazonaws.com credential-age'])]));
  });

  it('sends rules of its own bus to aliases, schedules to functions, and what it hears of the account to a log group', () => {
    const targets = estate.of('AWS::Events::Rule').flatMap(({ properties, stack }) => list(properties.Targets).map((target: Json) => ({ properties, target, type: estate.target(target.Arn, stack)?.resource.Type })));
    for (const { properties, target, type } of targets) {
      if (properties.ScheduleExpression !== undefined) expect(type).toBe('AWS::Lambda::Function');
      else if (properties.EventBusName !== undefined) expect(type).toBe('AWS::Lambda::Alias');
      else expect([type, plain(target.Arn)]).toEqual([undefined, expect.stringMatching(/:log-group:<BreachWatchLog>$/)]);
    }
  });

  it('ends each wait before the one around it', () => {
    const chat = functionsOf(estate).find((fn) => suffixOf(fn) === 'chat') as Found;
    const worker = functionsOf(estate).find((fn) => suffixOf(fn) === 'turn-worker') as Found;
    const { model, leaseSeconds, interimAfterMilliseconds }: Json = JSON.parse(chat.properties.Environment.Variables.SETTINGS);
    const gateway = estate.of('AWS::ApiGateway::Method').flatMap(({ properties }) => properties.Integration?.TimeoutInMillis ?? []);
    expect(gateway.length).toBeGreaterThan(5);
    for (const milliseconds of gateway) expect(chat.properties.Timeout * 1_000).toBeLessThan(milliseconds);
    expect(leaseSeconds).toBeGreaterThan(chat.properties.Timeout);
    const { workerLeaseSeconds }: Json = JSON.parse(worker.properties.Environment.Variables.SETTINGS);
    expect(workerLeaseSeconds).toBeGreaterThan(worker.properties.Timeout);
    if (model.provider === 'bedrock') {
      expect(interimAfterMilliseconds).toBeLessThan(model.timeoutMilliseconds);
      expect(model.timeoutMilliseconds).toBeLessThan(chat.properties.Timeout * 1_000);
      expect(model.workerTimeoutMilliseconds).toBeLessThan(worker.properties.Timeout * 1_000);
    }
    const queue = estate.of('AWS::SQS::Queue').find(({ properties }) => properties.VisibilityTimeout && properties.RedrivePolicy) as Found;
    expect(queue.properties.VisibilityTimeout).toBe(6 * worker.properties.Timeout);
    // A message comes back only after the worker's claim ran out, and for the last time before the sweep gives the turn up.
    expect(queue.properties.VisibilityTimeout).toBeGreaterThan(workerLeaseSeconds);
    expect(queue.properties.RedrivePolicy.maxReceiveCount * queue.properties.VisibilityTimeout).toBeLessThan(MAX_TURN_MINUTES * 60);
  });

  it('reserves no more than the account has, less the hundred that Lambda keeps free', () => {
    const reserved = functionsOf(estate).reduce((sum, { properties }) => sum + (properties.ReservedConcurrentExecutions ?? 0), 0);
    expect(reserved).toBeLessThanOrEqual(1_000 - 100);
    if (name === 'production') expect(reserved).toBe(350);
  });
});

describe('a safety that config lets one switch off', () => {
  it('is switched off in a variant, each of them', () => {
    const reasons = allOptions().filter(({ name }) => name === 'reason' || name.startsWith('without')).map(({ path }) => path);
    expect(Object.keys(SWITCHED_OFF).toSorted()).toEqual(reasons.toSorted());
    for (const option of reasons) expect(variants).toHaveProperty([`without ${option}`]);
  });

  it('has its decision, with the reason that config gives', () => {
    const decided = (option: string): readonly string[] => (variants[`without ${option}`] as Estate).gate().accepted;
    expect(decided('guardrail.reason').filter((line) => /G13|B07/.test(line))).toHaveLength(4);
    expect(decided('firewall.reason').filter((line) => line.includes('G20')).length).toBeGreaterThan(0);
    expect(decided('trail.reason').filter((line) => line.includes('G26'))).toHaveLength(3);
    expect(decided('dataPolicy.removal.reason').filter((line) => line.includes('G28')).length).toBeGreaterThan(0);
  });
});

describe('what an organisation brings', () => {
  it('bounds every role, and puts every role and policy under its path', () => {
    for (const role of brought.of('AWS::IAM::Role')) expect([named(role), role.properties.PermissionsBoundary]).toEqual([named(role), BOUNDARY]);
    for (const one of brought.of('AWS::IAM::Role', 'AWS::IAM::ManagedPolicy')) expect([named(one), one.properties.Path]).toEqual([named(one), '/platform/chat/']);
    for (const one of production.of('AWS::IAM::Role', 'AWS::IAM::ManagedPolicy')) expect([named(one), one.properties.Path ?? '/', one.properties.PermissionsBoundary]).toEqual([named(one), '/', undefined]);
  });

  it('is deployed by its own bootstrap', () => {
    for (const template of Object.values(brought.templates)) expect(template.Parameters.BootstrapVersion.Default).toBe('/cdk-bootstrap/platform1/version');
    for (const fn of functionsOf(brought)) expect(JSON.stringify(fn.properties.Code.S3Bucket)).toContain('cdk-platform1-assets');
  });

  it('holds every function in its VPC', () => {
    for (const fn of functionsOf(brought)) expect([named(fn), fn.properties.VpcConfig]).toEqual([named(fn), { SubnetIds: VPC.privateSubnetIds, SecurityGroupIds: VPC.securityGroupIds }]);
    for (const fn of functionsOf(production)) expect(fn.properties).not.toHaveProperty('VpcConfig');
  });

  it('replaces keys, topics, pool, web ACL and bucket', () => {
    const ours = ['AWS::KMS::Key', 'AWS::SNS::Topic', 'AWS::SNS::Subscription', 'AWS::Cognito::UserPool', 'AWS::WAFv2::WebACL', 'AWS::S3::Bucket'];
    expect(brought.of(...ours).map(named)).toEqual([]);
    for (const type of ours) expect([type, production.of(type).length > 0]).toEqual([type, true]);
  });

  it('is used: keys, topics, pool, issuer, web ACL, bucket', () => {
    for (const table of brought.of('AWS::DynamoDB::GlobalTable')) expect(table.properties.Replicas[0].SSESpecification.KMSMasterKeyId).toBe(table.properties.TableName.endsWith('-subject-keys') ? KEYS.subjects : KEYS.conversations);
    for (const group of brought.of('AWS::Logs::LogGroup')) expect([named(group), group.properties.KmsKeyId]).toEqual([named(group), list(group.properties.Tags).some((tag: Json) => tag.Key === 'data-class' && tag.Value === 'audit') ? KEYS.audit : KEYS.logs]);
    for (const trail of brought.of('AWS::CloudTrail::Trail')) expect(trail.properties.KMSKeyId).toBe(KEYS.audit);
    for (const queue of brought.of('AWS::SQS::Queue')) expect(queue.properties.KmsMasterKeyId).toBe(KEYS.operations);
    for (const alarm of brought.of('AWS::CloudWatch::Alarm')) expect(Object.values(TOPICS)).toContain(alarm.properties.AlarmActions[0]);
    const { Variables } = (functionsOf(brought).find((fn) => suffixOf(fn) === 'authorizer') as Found).properties.Environment;
    expect(plain(Variables.STAFF_ISSUER)).toBe('https://cognito-idp.eu-central-1.<AWS::URLSuffix>/eu-central-1_aBcD3fGh1');
    expect(Variables).toMatchObject({ STAFF_CLIENT_ID: '1a2b3c4d5e', CUSTOMER_ISSUER: 'https://login.shop.example', CUSTOMER_AUDIENCE: 'chat' });
    expect(brought.of('AWS::WAFv2::WebACLAssociation').map(({ properties }) => properties.WebACLArn)).toEqual([BROUGHT['existing.webAclArn']]);
    expect(brought.of('AWS::CloudTrail::Trail').map(({ properties }) => properties.S3BucketName)).toEqual(['organisation-log-archive']);
  });

  it('records data events by its own trail when it has one', () => {
    expect(variants['the trail of the organisation']?.of('AWS::CloudTrail::Trail', 'AWS::S3::Bucket')).toEqual([]);
    expect(production.of('AWS::CloudTrail::Trail')).toHaveLength(1);
  });

  it('records management events by its own trail, unless another one does', () => {
    const selected = (estate: Estate): string[] => estate.of('AWS::CloudTrail::Trail').flatMap(({ properties }) => properties.AdvancedEventSelectors.flatMap(({ FieldSelectors: [{ Equals }] }: Json) => Equals));
    expect(selected(production)).toEqual(['Data', 'Data', 'Management']);
    expect(selected(estateOf('prod', { trail: { enabled: true, managementEvents: { recordedBy: 'organisation' } } }))).toEqual(['Data', 'Data']);
  });

  it('watches for signs of a breach everywhere, with or without a trail', () => {
    for (const [name, estate] of Object.entries(variants)) expect([name, estate.of('AWS::CloudWatch::Alarm').map(({ metadata }) => metadata['chatbot:alarm'].name).filter((alarm) => ['mass-reads', 'bulk-copies', 'denied-keys'].includes(alarm)).length]).toEqual([name, 3]);
  });
});

describe('an environment', () => {
  it('carries its tags, and those that the organisation demands', () => {
    const tags = Object.fromEntries(production.of('AWS::KMS::Key')[0]?.properties.Tags.map(({ Key, Value }: Json) => [Key, Value]));
    expect(tags).toMatchObject({ application: 'chatbot-prod', environment: 'prod', 'cost-centre': 'support-platform' });
  });

  it('has no guardrail without a model on Bedrock', () => {
    expect(development.of('AWS::Bedrock::Guardrail')).toEqual([]);
    expect(production.of('AWS::Bedrock::Guardrail')).toHaveLength(1);
  });

  it('keeps its stores in production, and lets them go in development', () => {
    const fates = (estate: Estate) => new Set(estate.of('AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::SecretsManager::Secret').map(({ resource }) => resource.DeletionPolicy));
    expect([fates(production), fates(development)]).toEqual([new Set(['Retain']), new Set(['Delete'])]);
  });
});

describe('what the templates are checked with', () => {
  it('finds what was decided on when decisions do not count', () => {
    expect(production.openFindings({ ignoreDecisions: true }).length).toBeGreaterThan(40);
  });

  it('sees a circle through a property, a dependency and an update policy', () => {
    const template = { Resources: { A: { Properties: { x: [{ Ref: 'B' }] } }, B: { DependsOn: 'C' }, C: { UpdatePolicy: { y: { 'Fn::GetAtt': ['A', 'Arn'] } } }, D: { Properties: { z: { Ref: 'A' } } } } };
    expect(circleIn(template)).toEqual(['A', 'B', 'C', 'A']);
    expect(circleIn({ Resources: { ...template.Resources, C: {} } })).toBeUndefined();
  });

  it('follows a reference through an output of another stack', () => {
    const estate = new Estate({ One: { Resources: {}, Outputs: {} }, Two: { Resources: { Q: { Type: 'T' } }, Outputs: { Out: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] } } } } });
    expect(estate.target({ 'Fn::GetStackOutput': { OutputName: 'Out' } }, 'One')?.id).toBe('Q');
    expect(estate.target({ Ref: 'AWS::Region' }, 'One')).toBeUndefined();
  });
});
