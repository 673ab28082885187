import { CfnOutput } from 'aws-cdk-lib';
import { DomainName, EndpointAccessMode, EndpointType } from 'aws-cdk-lib/aws-apigateway';
import type { CfnDomainName, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { ApiConfig } from '../../config/schema/index.ts';
import { TLS_POLICY } from './rest-api.ts';

/** Props of {@link Domain}. */
export interface DomainProps {
  readonly api: RestApi;
  readonly domain: NonNullable<ApiConfig['domain']>;
}

/**
 * The host name of the API: TLS 1.3 only, mapped to the stage from its root. With a hosted zone its alias records are
 * written; without one, the output `DomainTarget` says where to point the name.
 */
export class Domain extends Construct {
  /** Where the API and the chat page answer, with a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, domain }: DomainProps) {
    super(scope, id);
    this.url = `https://${domain.name}/`;
    const name = new DomainName(this, 'Name', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: TLS_POLICY,
      endpointAccessMode: EndpointAccessMode.STRICT,
      mapping: api,
    });
    // Both address families, so that the AAAA record leads somewhere; the construct cannot say it.
    (name.node.defaultChild as CfnDomainName).endpointConfiguration = { types: ['REGIONAL'], ipAddressType: 'dualstack' };
    if (domain.hostedZoneId === undefined) {
      new CfnOutput(this, 'Target', { value: name.domainNameAliasDomainName, description: `Point ${domain.name} at this name (CNAME, or an alias record)` }).overrideLogicalId('DomainTarget');
      return;
    }
    for (const type of ['A', 'AAAA']) {
      new CfnRecordSet(this, type, {
        hostedZoneId: domain.hostedZoneId,
        name: `${domain.name}.`,
        type,
        aliasTarget: { dnsName: name.domainNameAliasDomainName, hostedZoneId: name.domainNameAliasHostedZoneId },
      });
    }
  }
}
