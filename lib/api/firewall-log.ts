import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-wafv2';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { firewallLogGroup, makeLogGroup } from './logs.ts';
import type { LogProps } from './logs.ts';

/** Headers that are secrets, or that name a message. */
const REDACTED_HEADERS = ['authorization', 'cookie', 'idempotency-key'];
/** What is worth an entry: requests that a rule stopped, or would have stopped. Everything else is nobody's business. */
const LOGGED_ACTIONS = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];

/** Props of {@link FirewallLog}. */
export interface FirewallLogProps extends LogProps {
  readonly prefix: string;
  readonly webAcl: CfnWebACL;
}

/** Log of what the firewall stopped, redacted. It holds addresses, so it is encrypted and expires. */
export class FirewallLog extends Construct {
  constructor(scope: Construct, id: string, props: FirewallLogProps) {
    super(scope, id);
    const logGroupName = firewallLogGroup(props.prefix);
    const logGroup = makeLogGroup(this, 'Logs', logGroupName, props, { purpose: 'requests that the firewall stopped', fromClients: true, legalBasis: 'legitimate interest' });
    const delivery = new ResourcePolicy(this, 'Delivery', {
      resourcePolicyName: logGroupName,
      policyStatements: [
        new PolicyStatement({
          sid: 'FirewallOfThisAccount',
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'logs', resource: '*' }) } },
        }),
      ],
    });
    const destination = Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const logging = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: props.webAcl.attrArn,
      logDestinationConfigs: [destination],
      redactedFields: [...REDACTED_HEADERS.map((name) => ({ singleHeader: { Name: name } })), { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: LOGGED_ACTIONS.map((Action) => ({ ActionCondition: { Action } })) }],
      },
    });
    logging.node.addDependency(logGroup, delivery);
  }
}
