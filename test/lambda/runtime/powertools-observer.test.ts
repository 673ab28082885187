import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { METRICS } from '../../../lambda/contracts/metrics.ts';
import { powertoolsObserver } from '../../../lambda/runtime/powertools-observer.ts';

const lines: string[] = [];
// Powertools writes to the global console only in its development mode, which switches metrics off unless told otherwise.
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const level of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
const observer = () => powertoolsObserver({ service: 'chat', release: 'r7', functionName: 'dev-chat', metricNamespace: 'Chatbot/dev' });
const last = () => JSON.parse(lines.at(-1) ?? '{}');

describe('Powertools observer', () => {
  it('writes structured lines with service, release and function', () => {
    observer().info('turn', { conversationId: 'c1', milliseconds: 12 });
    expect(last()).toMatchObject({ level: 'INFO', message: 'turn', service: 'chat', release: 'r7', function: 'dev-chat', conversationId: 'c1', milliseconds: 12 });
  });
  it('writes an error without what its causes quote', () => {
    observer().error('A request failed', new Error('outer', { cause: new Error('quoted') }), { operation: 'sendMessage' });
    expect(last()).toMatchObject({ level: 'ERROR', message: 'A request failed', operation: 'sendMessage', failure: { name: 'Error', message: 'outer', causes: ['Error'] } });
    expect(lines.join('')).not.toContain('quoted');
  });
  it('writes a metric in embedded metric format, in the estate’s namespace, with exactly the dimensions given', () => {
    const to = observer();
    to.metric({ name: METRICS.turns, unit: 'Count', value: 1 });
    expect(last()).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'Chatbot/dev', Dimensions: [[]], Metrics: [{ Name: 'Turns', Unit: 'Count' }] }] }, Turns: 1 });
    to.metric({ name: METRICS.turns, unit: 'Count', value: 1, dimensions: { UseCase: 'returns' } });
    expect(last()).toMatchObject({ _aws: { CloudWatchMetrics: [{ Dimensions: [['UseCase']] }] }, UseCase: 'returns', Turns: 1 });
    to.metric({ name: METRICS.satisfaction, unit: 'None', value: 4 });
    expect(last()).toMatchObject({ _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: 'Satisfaction', Unit: 'None' }] }] }, Satisfaction: 4 });
    expect(Object.keys(last())).toEqual(['_aws', 'Satisfaction']);
  });
});
