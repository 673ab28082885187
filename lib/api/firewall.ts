import { CfnIPSet, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Method, Stage } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { FirewallConfig } from '../../config/schema/index.ts';
import { acceptRisk } from '../compliance/index.ts';
import { FirewallLog } from './firewall-log.ts';
import { firewallRules, TOO_MANY_BODY, visibility } from './firewall-rules.ts';
import type { EnabledFirewall } from './firewall-rules.ts';
import { FIREWALL_PROBLEM } from './gateway-problems.ts';
import type { LogProps } from './logs.ts';

/** Props of {@link Firewall}. */
export interface FirewallProps extends LogProps {
  readonly prefix: string;
  readonly stage: Stage;
  /** Methods of the stage that anybody may call: without a firewall they have no rate rules by address. */
  readonly publicMethods: readonly Method[];
  readonly config: FirewallConfig;
  /** Web ACL of the organisation, used instead of an own one. @default - an own one, unless it is switched off */
  readonly webAclArn?: string | undefined;
  /** Other sites embed the chat: their scripts must be able to read a 429. */
  readonly crossOrigin: boolean;
}

/** The web ACL in front of the stage: an own one, one that was brought, or none for a reason. */
export class Firewall extends Construct {
  /** Name of the own web ACL, as its metrics write it; undefined when there is none of our own. */
  readonly webAclName: string | undefined;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    if (props.webAclArn !== undefined) {
      this.#associate(props.stage, props.webAclArn);
    } else if (props.config.enabled) {
      this.webAclName = props.prefix;
      this.#associate(props.stage, this.#webAcl(props, props.config).attrArn);
    } else {
      acceptOpenStage(props, props.config.reason);
    }
  }

  #webAcl(props: FirewallProps, config: EnabledFirewall): CfnWebACL {
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      name: props.prefix,
      description: 'Rates per address, and managed rules, in front of the chat API',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(props.prefix),
      customResponseBodies: { [TOO_MANY_BODY]: { contentType: 'APPLICATION_JSON', content: JSON.stringify(FIREWALL_PROBLEM) } },
      rules: firewallRules(config, this.#addressSets(props.prefix, config.allowedAddresses), props.crossOrigin),
    });
    new FirewallLog(this, 'Log', { prefix: props.prefix, webAcl, logsKey: props.logsKey, auditKey: props.auditKey, logRetentionDays: props.logRetentionDays, owner: props.owner });
    return webAcl;
  }

  /** A set holds one address family; a family without addresses gets none. */
  #addressSets(prefix: string, addresses: readonly string[]): string[] {
    const families = { IPV4: addresses.filter((address) => !address.includes(':')), IPV6: addresses.filter((address) => address.includes(':')) };
    return Object.entries(families)
      .filter(([, members]) => members.length > 0)
      .map(([family, members]) => new CfnIPSet(this, `Allowed${family}`, { name: `${prefix}-allowed-${family.toLowerCase()}`, scope: 'REGIONAL', ipAddressVersion: family, addresses: members }).attrArn);
  }

  #associate(stage: Stage, webAclArn: string): void {
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stage.stageArn, webAclArn });
  }
}

function acceptOpenStage({ stage, publicMethods }: FirewallProps, reason: string): void {
  acceptRisk(
    {
      id: 'no-firewall',
      findings: ['AwsSolutions::AwsSolutions-APIG3', 'NIST.800.53.R5::NIST.800.53.R5-APIGWAssociatedWithWAF'],
      justification: `The firewall is switched off in the configuration of this environment, for this reason: ${reason}`,
      compensatingControl: 'The throttles of the stage and of its methods bound what all addresses together can ask for.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    stage,
  );
  acceptRisk(
    {
      id: 'public-routes-without-firewall',
      findings: ['GDPR::G20'],
      justification: `Routes that need no token are reached without rate rules by address, because the firewall of this environment is switched off for this reason: ${reason}`,
      compensatingControl: 'These routes read no data: they answer with static files or one word, and the throttles of the stage bound them.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    ...publicMethods,
  );
}
