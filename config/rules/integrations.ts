import { present } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

/** What a use case calls the order system. */
const ORDERS = 'orders';

/** An integration has its use case, its key and somebody to read for. */
export const integrationsAreUsed: Rule = {
  id: 'integration-incomplete',
  demands: '`integrations.orders` names an entry of `vendorCredentials`, a use case names the integration `orders`, and `existing.customerIssuer` says whose orders are read.',
  check: ({ existing, integrations, useCases, vendorCredentials }): readonly Finding[] => {
    const orders = integrations?.orders;
    if (orders === undefined) return [];
    const findings: Finding[] = [];
    const names = present(vendorCredentials?.map((credential) => credential?.name));
    if (orders.vendorCredential !== undefined && vendorCredentials !== undefined && !vendorCredentials.includes(undefined) && !names.includes(orders.vendorCredential)) {
      findings.push({
        path: 'integrations.orders.vendorCredential',
        value: orders.vendorCredential,
        problem: 'There is no such credential: the order system would be called without a key.',
        allowed: names.length === 0 ? 'a name that stands in `vendorCredentials` (there is none yet)' : `one of ${names.join(', ')}`,
        mend: `Add { name: '${orders.vendorCredential}', usedBy: 'order status' } to \`vendorCredentials\`, or name another one.`,
      });
    }
    if (useCases !== undefined && !useCases.some((useCase) => useCase === undefined || useCase.integrations === undefined || useCase.integrations.includes(ORDERS))) {
      findings.push({
        path: 'integrations.orders',
        value: orders,
        problem: 'No use case needs it: what it finds would belong to none.',
        allowed: `together with a use case whose \`integrations\` name '${ORDERS}'`,
        mend: `Write integrations: ['${ORDERS}'] in the use case whose questions are about orders, or remove the order system.`,
      });
    }
    if (existing !== undefined && existing.customerIssuer === undefined) {
      findings.push({
        path: 'integrations.orders',
        value: orders,
        problem: 'It would have no effect: without `existing.customerIssuer` every visitor is anonymous, and an anonymous visitor has no orders.',
        allowed: 'together with `existing.customerIssuer`',
        mend: 'Bring the issuer of your customers, or remove the order system.',
      });
    }
    return findings;
  },
};
