import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { auditLogGroups } from '../../../lib/api/index.ts';
import { only, propertiesOf, synthesizeApi, text } from './api-app.ts';

const { template, api } = synthesizeApi({ api: Api.parse({ stageThrottle: { ratePerSecond: 50, burst: 60 }, messageThrottle: { ratePerSecond: 30, burst: 40 }, creationThrottle: { ratePerSecond: 10, burst: 20 } }) });
const stage = only(template, 'AWS::ApiGateway::Stage');
const settings = stage['MethodSettings'] as readonly Record<string, unknown>[];

const deploymentOf = (variation: Parameters<typeof synthesizeApi>[0]): string => [...propertiesOf(synthesizeApi(variation).template, 'AWS::ApiGateway::Deployment').keys()][0] as string;

describe('a public API', () => {
  it('is regional, on both address families, and speaks TLS 1.3 only', () => {
    expect(only(template, 'AWS::ApiGateway::RestApi')).toMatchObject({
      Name: 'demo',
      EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
      DisableExecuteApiEndpoint: false,
    });
    expect(only(template, 'AWS::ApiGateway::RestApi')).not.toHaveProperty('Policy');
  });

  it('hands JSON on as the bytes that were sent, so that what is no UTF-8 is seen', () => {
    expect(only(template, 'AWS::ApiGateway::RestApi')).toMatchObject({ BinaryMediaTypes: ['application/json'] });
  });

  it('leaves the account-wide log role alone', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    template.resourceCountIs('AWS::IAM::Role', 0);
  });

  it('says where it answers', () => {
    expect(template.findOutputs('*')).toHaveProperty('ApiUrl');
    expect(Object.keys(template.findOutputs('*'))).toEqual(['ApiUrl']);
    expect(api.webAclName).toBe('demo');
  });
});

describe('the stage', () => {
  it('is called live and traced', () => {
    expect(stage).toMatchObject({ StageName: 'live', TracingEnabled: true });
    expect(stage).not.toHaveProperty('CacheClusterEnabled', true);
  });

  it('throttles each method, messages and creation by numbers of their own', () => {
    const limits = settings.map((setting) => [setting['HttpMethod'], setting['ResourcePath'], setting['ThrottlingRateLimit'], setting['ThrottlingBurstLimit']]);
    expect(limits).toEqual([
      ['*', '/*', 50, 60],
      ['POST', '/~1v1~1conversations', 10, 20],
      ['POST', '/~1v1~1conversations~1{id}~1messages', 30, 40],
    ]);
  });

  it('measures every method, and logs errors but never bodies', () => {
    for (const setting of settings) expect(setting).toMatchObject({ MetricsEnabled: true, DataTraceEnabled: false, LoggingLevel: 'ERROR', CachingEnabled: false });
  });
});

describe('logs of the API', () => {
  const format = (stage['AccessLogSetting'] as { Format: string }).Format;

  it('are JSON that names what an operator needs', () => {
    const fields = JSON.parse(format) as Record<string, string>;
    expect(Object.values(fields)).toEqual(expect.arrayContaining(['$context.requestId', '$context.resourcePath', '$context.status', '$context.error.responseType', '$context.authorizer.kind', '$context.responseLatency', '$context.integration.latency']));
  });

  it.each(['$context.identity', '$context.path', '$context.domainName', '$context.authorizer.principalId', '$context.authorizer.subject', '$context.authorizer.conversationId', '$context.authorizer.staffId', '$context.authorizer.claims', '$context.error.message', '$context.error.validationErrorString', '$context.customDomain', '$input', '$stageVariables', '$context.requestOverride'])(
    'hold no %s',
    (forbidden) => {
      expect([...format.matchAll(/\$\w+(\.\w+)*/g)].map(([variable]) => variable).filter((variable) => variable === forbidden || variable.startsWith(`${forbidden}.`))).toEqual([]);
    },
  );

  it('are encrypted and expire, the execution log of the service included', () => {
    const groups = [...propertiesOf(template, 'AWS::Logs::LogGroup').values()];
    const [apiId] = propertiesOf(template, 'AWS::ApiGateway::RestApi').keys();
    expect(groups.map((group) => text(group['LogGroupName'])).toSorted()).toEqual([`/aws/apigateway/demo`, `API-Gateway-Execution-Logs_<${apiId}>/live`, 'aws-waf-logs-demo'].toSorted());
    for (const group of groups) {
      expect(group).toMatchObject({ RetentionInDays: 30 });
      expect(text(group['KmsKeyId'])).toMatch(/^<Services:/);
    }
  });

  it('lie under the key of their class, and the audit key is told the names of those that count as audit', () => {
    const groups = [...propertiesOf(template, 'AWS::Logs::LogGroup').values()].map(({ LogGroupName, KmsKeyId, Tags }) => ({ name: text(LogGroupName), key: /Logs|Audit/.exec(text(KmsKeyId))?.[0], of: (Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === 'data-class')?.Value }));
    expect(groups.map(({ key, of }) => `${of} ${key}`).toSorted()).toEqual(['audit Audit', 'audit Audit', 'operational Logs']);
    const told = auditLogGroups('demo').map((pattern) => new RegExp(`^${pattern.replaceAll('*', '.+')}$`));
    for (const { name, of } of groups) expect([name, told.some((pattern) => pattern.test(name))]).toEqual([name, of === 'audit']);
  });

  it('exist before the stage writes its first line', () => {
    const dependencies = Object.values(template.findResources('AWS::ApiGateway::Stage')).flatMap((resource) => resource['DependsOn'] as string[]);
    expect(dependencies).toContainEqual(expect.stringContaining('ExecutionLog'));
  });

  it('refuse a retention that CloudWatch Logs does not offer', () => {
    expect(() => synthesizeApi({ logRetentionDays: 31 })).toThrow(/31 days is not offered/);
  });
});

describe('a private API', () => {
  const access = { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0', 'vpce-0fedcba9876543210'] } as const;
  const restApi = only(synthesizeApi({ api: Api.parse({ access }) }).template, 'AWS::ApiGateway::RestApi');

  it('is reached through the named endpoints only', () => {
    expect(restApi).toMatchObject({
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: access.vpcEndpointIds },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
      Policy: {
        Statement: [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*' },
          { Effect: 'Deny', Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': access.vpcEndpointIds } } },
        ],
      },
    });
  });

  it('refuses a custom domain, which would lead nowhere', () => {
    const domain = { name: 'chat.shop.example', certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/00000000-0000-0000-0000-000000000000' };
    expect(() => synthesizeApi({ api: Api.parse({ access, domain }) })).toThrow(/api\.domain "chat\.shop\.example" cannot be used .*"private"/);
  });
});

describe('the deployment', () => {
  it('is the same for the same API', () => {
    expect(deploymentOf({})).toBe(deploymentOf({}));
  });

  it('is a new one when an integration, a gateway response or a preflight changes', () => {
    const deployments = [{}, { integrationTimeoutSeconds: 20 }, { embedOrigins: ['https://shop.example'] }, { embedOrigins: ['https://other.example'] }].map((input) => deploymentOf({ api: Api.parse(input) }));
    expect(new Set(deployments).size).toBe(deployments.length);
  });
});
