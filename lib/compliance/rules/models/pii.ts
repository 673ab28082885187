/**
 * Entities that a guardrail has to act on: how somebody is reached, paid from, and lets himself in. Names, addresses and ages are not
 * among them: an answer about somebody's own order cannot do without, and a mask there breaks more than it protects.
 */
export const MINIMUM_ENTITIES = ['EMAIL', 'PHONE', 'CREDIT_DEBIT_CARD_NUMBER', 'CREDIT_DEBIT_CARD_CVV', 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'PASSWORD', 'PIN'] as const;
