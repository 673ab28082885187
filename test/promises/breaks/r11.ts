import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R11', file: 'lambda/adapters/dynamodb/records.ts', find: "    disclosure: from.string('disclosure'),", replace: "    disclosure: from.string('disclosureText'),", means: 'an attribute is renamed on reading' },
  { promise: 'R11', file: 'lambda/domain/conversation/types.ts', find: 'export const SCHEMA_VERSION = 1;', replace: 'export const SCHEMA_VERSION = 2;', means: 'records are written in a format that the release before does not read' },
  { promise: 'R11', file: 'lambda/adapters/dynamodb/records.ts', find: "...(from.has('resumeHash') ? { resumeHash: from.string('resumeHash') } : {}),", replace: "...(from.has('resumeSha') ? { resumeHash: from.string('resumeSha') } : {}),", means: 'an optional attribute is renamed, and old records lose it' },
  { promise: 'R11', file: 'lambda/adapters/dynamodb/records.ts', find: "      window: window?.ciphertext,\n", replace: '', means: 'an optional attribute is not written any more' },
];
