import { beforeAll, describe, expect, it } from 'vitest';
import { parametersOf } from '../../bin/report/parameters.ts';
import { loadEnvironment as configOf } from '../../config/index.ts';
import { loadEnvironment, type ReportViews, reportViews } from '../../lib/compliance/index.ts';
import { ASSEMBLY } from '../support/paths.ts';

/** What leaves production and who receives it, written by hand: a way that is added has to be added here, by somebody who means it. */
describe('ways out of production', () => {
  let views: Required<ReportViews>;
  beforeAll(async () => {
    views = reportViews(await loadEnvironment(ASSEMBLY, 'prod'), parametersOf(configOf('prod'))) as Required<ReportViews>;
  });

  it('are alarms, to the platform team, and texts, to models in allowed regions', () => {
    expect(views.egress.map(({ from, to, leaves, processor = '' }) => `${from.split('/').slice(1, 4).join('/')} > ${to}: ${leaves}, ${processor.split(',')[0] ?? ''}`).toSorted()).toEqual([
      'Data/Topics/Page > incidents.ottermoss.example: no, Ottermoss',
      'Data/Topics/Ticket > ottermoss.example: no, Ottermoss',
      'Service/Chat/Chat > Bedrock amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
      'Service/Chat/Chat > Bedrock eu.amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
      'Service/Chat/Chat > Bedrock eu.amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
      'Service/Chat/TurnWorker > Bedrock amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
      'Service/Chat/TurnWorker > Bedrock eu.amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
      'Service/Chat/TurnWorker > Bedrock eu.amazon.nova-lite-v1:0: no, AWS (contract: article 28)',
    ]);
  });

  it('take conversations to models and alarms to their receivers, and no key, secret or log to anybody', () => {
    const model = ['AWS (Bedrock amazon.nova-lite-v1:0)', 'AWS (Bedrock eu.amazon.nova-lite-v1:0)'];
    const received = views.processingRecords.flatMap(({ stores, recipients }) => (recipients.length === 0 ? [] : stores.map((store) => [store, recipients.toSorted()] as const)));
    expect(Object.fromEntries(received)).toEqual({
      'prod/Data/Store/Conversations': model,
      'prod/Data/Topics/Page': [expect.stringContaining('(incidents.ottermoss.example)'), expect.stringContaining('(ottermoss.example)')],
      'prod/Data/Topics/Ticket': [expect.stringContaining('(incidents.ottermoss.example)'), expect.stringContaining('(ottermoss.example)')],
    });
    expect(views.processingRecords.flatMap(({ transfers }) => transfers)).toEqual([]);
  });

  it('start from stores of which the record names each, with how long erased data can be restored', () => {
    const residual = Object.fromEntries(views.processingRecords.flatMap(({ stores, residual: window }) => stores.map((store) => [store, window])));
    expect(residual).toMatchObject({ 'prod/Data/Store/Conversations': '35 days by point-in-time recovery', 'prod/Data/Store/Keys': '1 day by point-in-time recovery', 'prod/Data/Audit/Archive': 'none' });
    expect(Object.keys(residual)).toHaveLength(views.encryption.length);
  });
});
