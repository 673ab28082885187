import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { FirewallConfig } from '../../config/schema/index.ts';
import { CORS_ON_ERRORS } from './cors.ts';
import { routeOf } from './route-of.ts';
import { API_STAGE } from './stage.ts';

/** A firewall that is switched on. */
export type EnabledFirewall = Extract<FirewallConfig, { enabled: true }>;

/** Seconds over which requests of an address are counted (AWS WAF offers 60, 120, 300 and 600). */
const WINDOW_SECONDS = 300;
/** Key of the body that a rate rule answers with. */
export const TOO_MANY_BODY = 'too-many-requests';

/**
 * Metrics, but no samples: AWS WAF keeps sampled requests with all their headers for three hours, bearer tokens
 * included, and the redaction of the log does not reach them.
 */
export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

/**
 * The rules, in the order in which they are tried: listed addresses pass, then the rates, then the managed groups.
 * @param allowed ARNs of the sets of addresses that no rule blocks.
 */
export function firewallRules(config: EnabledFirewall, allowed: readonly string[], crossOrigin: boolean): CfnWebACL.RuleProperty[] {
  const rules: Rule[] = [
    ...(allowed.length > 0 ? [{ name: 'allowed-addresses', statement: anyOf(allowed.map((arn) => ({ ipSetReferenceStatement: { arn } }))), action: { allow: {} } }] : []),
    { name: 'conversations-per-address', statement: rate(config.conversationsPerAddress, opensConversation()), action: tooMany(crossOrigin) },
    { name: 'requests-per-address', statement: rate(config.requestsPerAddress), action: tooMany(crossOrigin) },
    ...config.managedGroups.map(({ name, mode }) => ({
      name,
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
      overrideAction: mode === 'count' ? { count: {} } : { none: {} },
    })),
  ];
  return rules.map((rule, priority) => Object.assign(rule, { priority, visibilityConfig: visibility(rule.name) }));
}

function anyOf(statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  const [only, ...others] = statements;
  return only && others.length === 0 ? only : { orStatement: { statements } };
}

function rate(limit: number, scopeDownStatement?: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty {
  return { rateBasedStatement: { limit, evaluationWindowSec: WINDOW_SECONDS, aggregateKeyType: 'IP', ...(scopeDownStatement ? { scopeDownStatement } : {}) } };
}

/** The firewall sees the path as it was asked for: with the stage at the default host name, without it at a custom domain. */
function opensConversation(): CfnWebACL.StatementProperty {
  const route = routeOf('createConversation');
  return {
    andStatement: {
      statements: [
        { byteMatchStatement: { fieldToMatch: { method: {} }, positionalConstraint: 'EXACTLY', searchString: route.method, textTransformations: [{ priority: 0, type: 'NONE' }] } },
        {
          regexMatchStatement: {
            fieldToMatch: { uriPath: {} },
            regexString: `^(/${API_STAGE})?${route.path}/?$`,
            // The gateway reads an encoded or doubled slash like a plain one, so the rule must as well.
            textTransformations: [{ priority: 0, type: 'URL_DECODE' }, { priority: 1, type: 'NORMALIZE_PATH' }],
          },
        },
      ],
    },
  };
}

/** 429 with the time after which the address is surely under the rate again. Its content type can only be `application/json`. */
function tooMany(crossOrigin: boolean): CfnWebACL.RuleActionProperty {
  const headers = { 'Retry-After': String(WINDOW_SECONDS), ...(crossOrigin ? CORS_ON_ERRORS : {}) };
  return {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: TOO_MANY_BODY,
        responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
      },
    },
  };
}
