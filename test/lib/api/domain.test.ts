import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { only, propertiesOf, synthesizeApi, text } from './api-app.ts';

const domain = { name: 'chat.shop.example', certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/00000000-0000-0000-0000-000000000000' };

describe('a custom domain', () => {
  const { template, api } = synthesizeApi({ api: Api.parse({ domain: { ...domain, hostedZoneId: 'Z0123456789ABCDEF' } }) });
  const [nameId] = propertiesOf(template, 'AWS::ApiGateway::DomainName').keys();

  it('is the only door, and speaks TLS 1.3 only', () => {
    expect(only(template, 'AWS::ApiGateway::DomainName')).toMatchObject({
      DomainName: 'chat.shop.example',
      RegionalCertificateArn: domain.certificateArn,
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
    });
    expect(only(template, 'AWS::ApiGateway::RestApi')).toMatchObject({ DisableExecuteApiEndpoint: true, SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' });
  });

  it('leads to the stage from its root', () => {
    const mapping = only(template, 'AWS::ApiGateway::BasePathMapping');
    const [stageId] = propertiesOf(template, 'AWS::ApiGateway::Stage').keys();
    expect(text(mapping['Stage'])).toBe(`<${stageId}>`);
    expect(mapping).not.toHaveProperty('BasePath');
    expect(api.url).toBe('https://chat.shop.example/');
    expect(template.findOutputs('ApiUrl')).toMatchObject({ ApiUrl: { Value: 'https://chat.shop.example/' } });
  });

  it('gets alias records of both families in the hosted zone', () => {
    const target = { DNSName: { 'Fn::GetAtt': [nameId, 'RegionalDomainName'] }, HostedZoneId: { 'Fn::GetAtt': [nameId, 'RegionalHostedZoneId'] } };
    expect([...propertiesOf(template, 'AWS::Route53::RecordSet').values()]).toEqual(['A', 'AAAA'].map((Type) => ({ Name: 'chat.shop.example.', HostedZoneId: 'Z0123456789ABCDEF', Type, AliasTarget: target })));
    expect(template.findOutputs('DomainTarget')).toEqual({});
  });

  it('tells where to point the name when there is no hosted zone', () => {
    const { template: bare } = synthesizeApi({ api: Api.parse({ domain }) });
    bare.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(bare.findOutputs('DomainTarget')).toMatchObject({ DomainTarget: { Value: { 'Fn::GetAtt': [nameId, 'RegionalDomainName'] } } });
  });
});
