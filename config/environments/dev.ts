import type { EnvironmentInput } from '../schema/index.ts';
import { shared } from './shared.ts';

/** Development: cheap, destroyable, and what runs on a developer's machine. */
export const dev: EnvironmentInput = {
  name: 'dev',
  tier: 'development',
  account: '000000000000',
  region: 'eu-central-1',
  accountConcurrency: 1000,
  naming: { prefix: 'chatbot-dev', tags: { 'cost-centre': 'support-platform' } },
  responsible: shared.responsible,
  api: { embedOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000'] },
  firewall: { enabled: false, reason: 'Development has no public users; API stage throttles bound it, and a web ACL costs more than the rest.' },
  conversation: {
    retentionDays: 14,
    disclosure: shared.disclosure,
    humanContact: 'Our service team is there Monday to Saturday, 8:00-20:00: help@ottermoss.example.',
  },
  model: { provider: 'extractive' },
  guardrail: { enabled: true },
  useCases: shared.useCases,
  baseline: shared.baseline,
  compliance: shared.compliance,
  delivery: { enabled: true, strategy: { kind: 'canary', percent: 10, minutes: 1 } },
  alarms: { page: [{ protocol: 'email', address: 'chatbot-dev@ottermoss.example' }], ticket: [{ protocol: 'email', address: 'chatbot-dev@ottermoss.example' }] },
  dataPolicy: {
    maxRetentionDays: 30,
    allowedRegions: ['eu-central-1'],
    legalBasis: 'contract',
    pointInTimeRecoveryDays: 14,
    logRetentionDays: 14,
    auditRetentionDays: 90,
    removal: { kind: 'destroy', reason: 'Developers make and destroy this environment at will; its conversations are invented, and nobody misses them.' },
  },
  trail: { enabled: false, reason: 'Development holds invented conversations only; nothing personal is read there.' },
};
