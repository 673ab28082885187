import type { EnvironmentInput } from '../schema/index.ts';
import { prod } from './prod.ts';

/** Staging: production's settings at a smaller size, destroyable. */
export const staging: EnvironmentInput = {
  ...prod,
  name: 'staging',
  tier: 'development',
  naming: { prefix: 'chatbot-staging', tags: { 'cost-centre': 'support-platform' } },
  conversation: { ...prod.conversation, retentionDays: 30 },
  functions: {},
  delivery: { enabled: true, strategy: { kind: 'canary', percent: 10, minutes: 5 } },
  alarms: {
    page: [{ protocol: 'email', address: 'chatbot-staging@ottermoss.example' }],
    ticket: [{ protocol: 'email', address: 'chatbot-staging@ottermoss.example' }],
  },
  dataPolicy: {
    ...prod.dataPolicy,
    maxRetentionDays: 60,
    logRetentionDays: 14,
    auditRetentionDays: 90,
    removal: { kind: 'destroy', reason: 'Staging holds conversations of testers and scenarios only, and is made anew when a release has to be tried from nothing.' },
  },
};
