export { ChatApi } from './chat-api.ts';
export type { ChatApiProps } from './chat-api.ts';
export { auditLogGroups } from './logs.ts';
export type { ApiThresholds } from './alarms.ts';
export type { LiveFunction } from './invocation.ts';
export { API_STAGE } from './stage.ts';
