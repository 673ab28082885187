import type { EnvironmentInput } from '../schema/index.ts';
import { shared } from './shared.ts';

/** Production. */
export const prod: EnvironmentInput = {
  name: 'prod',
  tier: 'production',
  account: '000000000000',
  region: 'eu-central-1',
  accountConcurrency: 1000,
  naming: { prefix: 'chatbot-prod', tags: { 'cost-centre': 'support-platform' } },
  responsible: shared.responsible,
  api: { embedOrigins: ['https://www.ottermoss.example'] },
  firewall: { enabled: true },
  conversation: {
    retentionDays: 90,
    disclosure: shared.disclosure,
    humanContact: 'Our service team is there Monday to Saturday, 8:00-20:00: help@ottermoss.example.',
  },
  model: {
    provider: 'bedrock',
    modelId: 'amazon.nova-lite-v1:0',
    inferenceProfile: { id: 'eu.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'] },
    price: { inputUsdPer1000: 0.000078, outputUsdPer1000: 0.000312, source: 'Sample: Amazon Bedrock price list, on-demand, Nova Lite; read it again for your region', date: '2026-11-01' },
  },
  guardrail: { enabled: true },
  useCases: shared.useCases,
  baseline: shared.baseline,
  compliance: shared.compliance,
  functions: { chat: { reservedConcurrency: 200 }, authorizer: { reservedConcurrency: 100 }, turnWorker: { reservedConcurrency: 50 } },
  delivery: { enabled: true, strategy: { kind: 'canary', percent: 10, minutes: 15 } },
  alarms: {
    page: [{ protocol: 'https', url: 'https://incidents.ottermoss.example/hooks/chatbot' }],
    ticket: [{ protocol: 'email', address: 'chatbot-operations@ottermoss.example' }],
  },
  dataPolicy: {
    maxRetentionDays: 180,
    allowedRegions: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
    legalBasis: 'contract',
    pointInTimeRecoveryDays: 35,
    logRetentionDays: 90,
    auditRetentionDays: 365,
    removal: { kind: 'retain' },
  },
  vendorCredentials: [{ name: 'order-system', usedBy: 'order status (integration orders)' }],
  trail: { enabled: true },
};
