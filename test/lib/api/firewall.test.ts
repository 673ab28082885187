import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Api, Firewall } from '../../../config/schema/api.ts';
import { only, propertiesOf, synthesizeApi, text } from './api-app.ts';
import type { Properties } from './api-app.ts';

const config = Firewall.parse({
  enabled: true,
  requestsPerAddress: 700,
  conversationsPerAddress: 25,
  allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
  managedGroups: [
    { name: 'AWSManagedRulesCommonRuleSet', mode: 'count' },
    { name: 'AWSManagedRulesAmazonIpReputationList', mode: 'block' },
  ],
});
const { template } = synthesizeApi({ firewall: config });
const webAcl = only(template, 'AWS::WAFv2::WebACL');
const rules = webAcl['Rules'] as readonly Properties[];
const rule = (name: string): Properties => rules.find((candidate) => candidate['Name'] === name) as Properties;

describe('the web ACL', () => {
  it('is regional, lets pass what no rule stops, and is in front of the stage', () => {
    expect(webAcl).toMatchObject({ Name: 'demo', Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    const { ResourceArn: resource, WebACLArn: acl } = only(template, 'AWS::WAFv2::WebACLAssociation');
    const [apiId] = propertiesOf(template, 'AWS::ApiGateway::RestApi').keys();
    const [stageId] = propertiesOf(template, 'AWS::ApiGateway::Stage').keys();
    const [aclId] = propertiesOf(template, 'AWS::WAFv2::WebACL').keys();
    expect(text(resource)).toBe(`arn:<AWS::Partition>:apigateway:eu-central-1::/restapis/<${apiId}>/stages/<${stageId}>`);
    expect(text(acl)).toBe(`<${aclId}.Arn>`);
  });

  it('tries allowed addresses first, then rates, then managed groups', () => {
    expect(rules.map((candidate) => [candidate['Priority'], candidate['Name']])).toEqual([
      [0, 'allowed-addresses'],
      [1, 'conversations-per-address'],
      [2, 'requests-per-address'],
      [3, 'AWSManagedRulesCommonRuleSet'],
      [4, 'AWSManagedRulesAmazonIpReputationList'],
    ]);
  });

  it('lets allowed addresses of both families pass', () => {
    const sets = propertiesOf(template, 'AWS::WAFv2::IPSet');
    expect([...sets.values()]).toEqual([
      expect.objectContaining({ IPAddressVersion: 'IPV4', Addresses: ['192.0.2.0/24'] }),
      expect.objectContaining({ IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] }),
    ]);
    expect(rule('allowed-addresses')).toMatchObject({ Action: { Allow: {} }, Statement: { OrStatement: { Statements: [...sets.keys()].map((id) => ({ IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] } } })) } } });
  });

  it('has one set for one family, and no rule without addresses', () => {
    const one = synthesizeApi({ firewall: Firewall.parse({ enabled: true, allowedAddresses: ['192.0.2.1/32'] }) }).template;
    one.resourceCountIs('AWS::WAFv2::IPSet', 1);
    one.hasResourceProperties('AWS::WAFv2::WebACL', { Rules: Match.arrayWith([Match.objectLike({ Name: 'allowed-addresses', Statement: { IPSetReferenceStatement: Match.anyValue() } })]) });
    const none = synthesizeApi().template;
    none.resourceCountIs('AWS::WAFv2::IPSet', 0);
    expect((only(none, 'AWS::WAFv2::WebACL')['Rules'] as Properties[]).map((candidate) => candidate['Name'])).not.toContain('allowed-addresses');
  });

  it('bounds the requests of an address over five minutes', () => {
    expect(rule('requests-per-address')['Statement']).toEqual({ RateBasedStatement: { Limit: 700, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } });
    expect(rule('conversations-per-address')['Statement']).toMatchObject({ RateBasedStatement: { Limit: 25, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } });
  });

  it('answers both rates with 429 as a problem and the time to wait', () => {
    for (const name of ['requests-per-address', 'conversations-per-address']) {
      expect(rule(name)['Action']).toEqual({ Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'too-many-requests', ResponseHeaders: [{ Name: 'Retry-After', Value: '300' }] } } });
    }
    const body = (webAcl['CustomResponseBodies'] as Record<string, { ContentType: string; Content: string }>)['too-many-requests'];
    expect(body?.ContentType).toBe('APPLICATION_JSON');
    expect(JSON.parse(body?.Content ?? '')).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
  });

  it('lets scripts of other sites read that answer where the chat is embedded', () => {
    synthesizeApi({ api: Api.parse({ embedOrigins: ['https://shop.example'] }) }).template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([Match.objectLike({ Action: { Block: { CustomResponse: { ResponseHeaders: Match.arrayWith([{ Name: 'Access-Control-Allow-Origin', Value: '*' }]) } } } })]),
    });
  });

  it('counts or blocks with a managed group as it is told', () => {
    expect(rule('AWSManagedRulesCommonRuleSet')).toMatchObject({ OverrideAction: { Count: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } } });
    expect(rule('AWSManagedRulesAmazonIpReputationList')).toMatchObject({ OverrideAction: { None: {} } });
  });

  it('is measured without keeping samples of requests', () => {
    for (const { VisibilityConfig: visibility } of [webAcl, ...rules]) expect(visibility).toMatchObject({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false });
  });
});

describe('the rule for new conversations', () => {
  const statement = JSON.stringify(rule('conversations-per-address')['Statement']);
  const path = new RegExp(/"RegexString":"([^"]+)"/.exec(statement)?.[1] ?? '(?!)');

  it.each(['/live/v1/conversations', '/v1/conversations', '/live/v1/conversations/'])('counts %s', (uri) => {
    expect(uri).toMatch(path);
  });

  it.each(['/live/v1/conversations/abc', '/live/v1/conversations/abc/messages', '/v1/health', '/other/v1/conversations', '/'])('leaves %s alone', (uri) => {
    expect(uri).not.toMatch(path);
  });

  it('counts only POST, and sees through encoded paths', () => {
    expect(statement).toContain('"SearchString":"POST"');
    expect(statement).toContain('"PositionalConstraint":"EXACTLY"');
    expect(statement).toContain('"Type":"URL_DECODE"');
  });
});

describe('the firewall log', () => {
  it('keeps what was stopped or counted, without secrets', () => {
    const logging = only(template, 'AWS::WAFv2::LoggingConfiguration');
    expect(logging['RedactedFields']).toEqual([{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }, { SingleHeader: { Name: 'idempotency-key' } }, { QueryString: {} }]);
    expect(logging['LoggingFilter']).toMatchObject({ DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY' }] });
    expect((logging['LogDestinationConfigs'] as unknown[]).map(text)).toEqual(['arn:<AWS::Partition>:logs:eu-central-1:111111111111:log-group:aws-waf-logs-demo']);
  });

  it('is written for this account only', () => {
    const policy = text(only(template, 'AWS::Logs::ResourcePolicy')['PolicyDocument']);
    expect(JSON.parse(policy)).toMatchObject({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' }, ArnLike: { 'aws:SourceArn': 'arn:<AWS::Partition>:logs:eu-central-1:111111111111:*' } } }],
    });
  });
});

describe('without an own firewall', () => {
  const off = { enabled: false, reason: 'nobody but the team can reach this environment' } as const;

  it('nothing is made when it is switched off', () => {
    const { template: bare, api } = synthesizeApi({ firewall: off });
    for (const type of ['WebACL', 'WebACLAssociation', 'IPSet', 'LoggingConfiguration']) bare.resourceCountIs(`AWS::WAFv2::${type}`, 0);
    bare.resourceCountIs('AWS::Logs::ResourcePolicy', 0);
    expect(api.webAclName).toBeUndefined();
  });

  it('a web ACL that was brought is put in front, and only that', () => {
    const webAclArn = 'arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/shared/00000000-0000-0000-0000-000000000000';
    for (const firewall of [config, off]) {
      const { template: brought, api } = synthesizeApi({ firewall, webAclArn });
      expect(only(brought, 'AWS::WAFv2::WebACLAssociation')['WebACLArn']).toBe(webAclArn);
      brought.resourceCountIs('AWS::WAFv2::WebACL', 0);
      expect(api.webAclName).toBeUndefined();
    }
  });
});
