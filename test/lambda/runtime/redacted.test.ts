import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../lambda/runtime/logger.ts';
import { DROPPED, redacted } from '../../../lambda/runtime/redacted.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const level of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const ID = '3f2b8c1e-12ab-4cde-9f00-123456789012';

describe('what reaches the log', () => {
  it('has no personal value in a message, a field, an error or its stack, and keeps our identifiers', () => {
    const logger = createLogger({ service: 'chat', release: 'r7', functionName: 'dev-chat' });
    logger.info('jo@mail.example wrote', { conversationId: ID, record: { reason: 'card 4111 1111 1111 1111', at: '2026-01-05T09:00:00.000Z', turn: 3 } });
    logger.error('failed for +49 171 7654321', new Error('cannot read password=hunter22'), { conversationId: ID, milliseconds: 12 });
    logger.warn('ssn 123-45-6789', { eventId: ID }, new TypeError('10.1.2.3 refused'));
    const all = lines.join('\n');
    expect(all).not.toMatch(/jo@mail|4111|7654321|hunter22|123-45|10\.1\.2\.3/);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ message: '[email] wrote', conversationId: ID, record: { reason: 'card [card]', at: '2026-01-05T09:00:00.000Z', turn: 3 } });
    expect(JSON.parse(lines[1] ?? '{}')).toMatchObject({ message: 'failed for [phone]', conversationId: ID, milliseconds: 12, failure: { name: 'Error', message: 'cannot read password=[secret]', stack: expect.stringContaining('redacted.test') } });
  });

  it('drops a text that redaction fails on', () => {
    const failing = (): string => {
      throw new Error('bug');
    };
    expect(redacted({ message: 'secret', list: ['a', 1, null], turn: 1 }, failing)).toEqual({ message: DROPPED, list: [DROPPED, 1, null], turn: 1 });
  });

  it('drops what is nested too deeply to be a log line', () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: 'jo@mail.example' } } } } } } };
    expect(JSON.stringify(redacted(deep))).not.toContain('jo@mail');
  });
});
