import { Duration } from 'aws-cdk-lib';
import { ContentHandling } from 'aws-cdk-lib/aws-apigateway';
import type { CfnMethod, IResource } from 'aws-cdk-lib/aws-apigateway';
import type { Route } from '../../lambda/contracts/routes.ts';

/**
 * CORS headers of errors that the gateway and the firewall answer, which can name no list of origins. A star gives
 * nothing away: the bodies are the same for everybody, and the API takes bearer tokens and never cookies. Which sites
 * may call is decided by the preflight.
 */
export const CORS_ON_ERRORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After,WWW-Authenticate' } as const;

/** Request headers that a page of another origin may send. */
const ALLOWED_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'accept'];
/** Time for which a browser may remember a preflight: short enough that a removed origin is out soon. */
const REMEMBERED = Duration.minutes(10);

/**
 * Answers preflights of a path from the gateway itself: only a listed origin gets its own name back. The first is the
 * answer to everybody else, and a browser refuses an answer that names another origin than its page's.
 */
export function answerPreflights(resource: IResource, methods: readonly Route['method'][], origins: readonly string[]): void {
  const preflight = resource.addCorsPreflight({
    allowOrigins: [...origins],
    allowMethods: methods.toSorted(),
    allowHeaders: ALLOWED_HEADERS,
    maxAge: REMEMBERED,
  });
  // JSON travels as bytes here, and a request without a content type counts as JSON: templates cannot be applied to bytes, and the answer would be 500.
  const method = preflight.node.defaultChild as CfnMethod;
  method.addPropertyOverride('Integration.ContentHandling', ContentHandling.CONVERT_TO_TEXT);
  method.addPropertyOverride('Integration.IntegrationResponses.0.ContentHandling', ContentHandling.CONVERT_TO_TEXT);
}
