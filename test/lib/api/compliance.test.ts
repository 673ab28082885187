import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { ROUTES } from '../../../lambda/contracts/routes.ts';
import { RISK_METADATA } from '../../../lib/compliance/index.ts';
import { g20Routes } from '../../../lib/compliance/rules/gdpr/g20-routes.ts';
import { gateOf } from '../../support/gate.ts';
import { openFindings, synthesizeApi } from './api-app.ts';
import type { ApiApp, Variation } from './api-app.ts';

const variations: Record<string, Variation> = {
  'a public API': {},
  'an embedded chat': { api: Api.parse({ embedOrigins: ['https://shop.example', 'https://www.shop.example'] }) },
  'a private API': { api: Api.parse({ access: { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] } }) },
  'a custom domain': { api: Api.parse({ domain: { name: 'chat.shop.example', certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/00000000-0000-0000-0000-000000000000' } }) },
  'a firewall that is off': { firewall: { enabled: false, reason: 'nobody but the team can reach this environment' } },
  'a web ACL that was brought': { webAclArn: 'arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/shared/00000000-0000-0000-0000-000000000000' },
};

const risksOf = ({ api }: ApiApp): string[] =>
  [...new Set(api.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === RISK_METADATA).map(({ data }) => (data as { id: string }).id)))].toSorted();

const ALWAYS = ['bodies-are-validated-by-handlers', 'gateway-features-for-other-backends', 'own-authorizer', 'public-routes'];

describe('rule packs', () => {
  it.each(Object.entries(variations))('find nothing in %s that nobody decided on', (_, variation) => {
    const app = synthesizeApi(variation);
    expect(openFindings(app.app, app.api)).toEqual([]);
  });

  it('look: they find the same API open when nothing is accepted', () => {
    const { app, api } = synthesizeApi(variations['a firewall that is off']);
    const decided = api.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === RISK_METADATA).flatMap(({ data }) => (data as { findings: string[] }).findings)).filter((finding) => !finding.startsWith('GDPR::'));
    const found = openFindings(app, api, { ignoreDecisions: true }).map((finding) => finding.split(' ')[0]);
    // Nothing is accepted that no pack finds.
    expect(new Set(found)).toEqual(new Set(decided));
  });

  it.each(Object.entries(variations))('leave only known decisions in %s', (name, variation) => {
    expect(risksOf(synthesizeApi(variation))).toEqual((name === 'a firewall that is off' ? [...ALWAYS, 'no-firewall', 'public-routes-without-firewall'] : ALWAYS).toSorted());
  });

  it.each(Object.entries(variations))('leave the public routes of %s open on purpose, or shielded', (name, variation) => {
    const { api, template } = synthesizeApi(variation);
    const publicRoutes = ROUTES.filter(({ caller }) => caller === 'public').map(({ path }) => path);
    const { open, wrong, accepted } = gateOf({ stack: Stack.of(api), template }, [g20Routes], { publicRoutes });
    expect([open, wrong, accepted.length]).toEqual([[], [], name === 'a firewall that is off' ? publicRoutes.length : 0]);
  });

  it('the decision to do without a firewall carries the reason of the configuration', () => {
    const { api } = synthesizeApi(variations['a firewall that is off']);
    const texts = JSON.stringify(api.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => data as unknown)));
    expect(texts).toContain('nobody but the team can reach this environment');
  });
});
