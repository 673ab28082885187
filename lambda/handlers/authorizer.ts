import { compose } from '../runtime/compose.ts';
import { withPreTraffic } from '../runtime/pre-traffic.ts';
import { authorizerRoot } from '../runtime/roots/authorizer.ts';
import { authorize, type AuthorizerEvent } from './authorizer/authorize.ts';

const { findPrincipal, staffMayCallFrom, readiness } = compose(authorizerRoot);

/** Decides who calls: conversation token, staff, customer, or anonymous. */
export const handler = withPreTraffic(readiness, (event: AuthorizerEvent) => authorize(findPrincipal, event, staffMayCallFrom));
