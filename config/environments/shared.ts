import type { EnvironmentInput } from '../schema/index.ts';

/** What the sample environments have in common: the shop that the sample knowledge base is about. Yours to replace. */
export const shared = {
  responsible: { owner: 'chatbot-platform-lead', approver: 'information-security-officer' },
  disclosure: {
    en: 'You are chatting with an AI assistant. It answers from our help articles and can be wrong; a person can help you instead.',
    de: 'Sie chatten mit einem KI-Assistenten. Er antwortet aus unseren Hilfeartikeln und kann sich irren; auf Wunsch hilft Ihnen ein Mensch.',
  },
  useCases: [
    { id: 'order-status', title: 'Order status', integrations: ['orders'], metrics: { containmentPercent: 70, fallbackPercent: 10, satisfaction: 4 }, priority: { contactsPerMonth: 5200, simplicity: 4 } },
    { id: 'returns-refunds', title: 'Returns and refunds', metrics: { containmentPercent: 65, fallbackPercent: 12, satisfaction: 4 }, priority: { contactsPerMonth: 3900, simplicity: 4 } },
    { id: 'delivery', title: 'Delivery', metrics: { containmentPercent: 75, fallbackPercent: 10, satisfaction: 4 }, priority: { contactsPerMonth: 3100, simplicity: 5 } },
    { id: 'payments', title: 'Payments', metrics: { containmentPercent: 60, fallbackPercent: 12, satisfaction: 3.8 }, priority: { contactsPerMonth: 1700, simplicity: 3 } },
    { id: 'account', title: 'Account', metrics: { containmentPercent: 70, fallbackPercent: 12, satisfaction: 4 }, priority: { contactsPerMonth: 1500, simplicity: 4 } },
    { id: 'products-care', title: 'Products and care', metrics: { containmentPercent: 60, fallbackPercent: 15, satisfaction: 4 }, priority: { contactsPerMonth: 1300, simplicity: 3 } },
    { id: 'loyalty-gift-cards', title: 'Loyalty and gift cards', metrics: { containmentPercent: 70, fallbackPercent: 12, satisfaction: 4 }, priority: { contactsPerMonth: 900, simplicity: 4 } },
    { id: 'stores-services', title: 'Stores and services', metrics: { containmentPercent: 75, fallbackPercent: 10, satisfaction: 4.1 }, priority: { contactsPerMonth: 800, simplicity: 5 } },
  ],
  compliance: {
    childDirected: false,
    sourceAddressInLogs: 'The firewall always logs the address of a request that it stops; attacks cannot be told from customers without it, and the log group masks and expires it.',
    controller: { name: 'Ottermoss (sample: the company that runs the bot)', contact: 'privacy@ottermoss.example' },
    dataSubjects: { 'customer support': 'Visitors and customers who write to the bot, and people whom they write about', 'staff sign-in': 'Staff of the service team', 'access records': 'Staff and operators of the account', '*': 'Whoever calls the API' },
    manual: Object.fromEntries(['GDPR-A06', 'GDPR-A07', 'GDPR-A12', 'GDPR-A13', 'GDPR-A14', 'GDPR-A28', 'GDPR-A35', 'GDPR-A37'].map((control) => [control, { owner: 'data-protection-officer', due: '2027-05-21' }])),
    processors: [{ name: 'Ottermoss, the platform itself (sample: its mail and its incident tool)', hosts: ['ottermoss.example', '*.ottermoss.example'], region: 'eu-central-1' }],
  },
  baseline: { contactsPerMonth: 18_400, costPerContactUsd: 5.2, satisfaction: 3.7, source: 'Sample figures: replace them with your own contact statistics', date: '2026-09-30' },
} satisfies Partial<EnvironmentInput> & { disclosure: Record<string, string> };
