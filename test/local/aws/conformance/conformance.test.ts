import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoopback } from '../../../../local/aws/index.ts';
import type { Loopback } from '../../../../local/aws/index.ts';
import type { Clients } from '../support/clients.ts';
import { PLACE, clientsFor } from '../support/clients.ts';
import { hasMoto, startMoto } from '../support/moto.ts';
import { dynamodbExpressions } from './dynamodb-expressions.ts';
import { dynamodbItems } from './dynamodb-items.ts';
import { dynamodbQuery } from './dynamodb-query.ts';
import { dynamodbTransact } from './dynamodb-transact.ts';
import { dynamodbValidation } from './dynamodb-validation.ts';
import { events } from './events.ts';
import { kms } from './kms.ts';
import { secrets } from './secrets.ts';
import { sqs } from './sqs.ts';

const SUITES = { dynamodbItems, dynamodbExpressions, dynamodbQuery, dynamodbTransact, dynamodbValidation, kms, secrets, sqs, events };

describe('loop-back endpoint', () => {
  let loopback: Loopback;
  let clients: Clients;
  beforeAll(async () => {
    loopback = await startLoopback({ ...PLACE, resources: {} });
    clients = clientsFor(loopback.url);
  });
  afterAll(async () => {
    clients.destroy();
    await loopback.close();
  });
  for (const [suite, cases] of Object.entries(SUITES)) {
    describe(suite, () => {
      for (const { name, run } of cases) it(name, () => run(clients));
    });
  }
});

const moto = hasMoto();
if (!moto) console.warn('SKIPPED: no moto_server on the PATH, so the conformance suite was not held against a second implementation.');

describe.skipIf(!moto)('moto_server', () => {
  let server: { readonly url: string; stop(): void };
  let clients: Clients;
  beforeAll(async () => {
    server = await startMoto();
    clients = clientsFor(server.url);
  });
  afterAll(() => {
    clients.destroy();
    server.stop();
  });
  for (const [suite, cases] of Object.entries(SUITES)) {
    describe(suite, () => {
      for (const { name, run, motoDiffers } of cases) {
        it.skipIf(motoDiffers !== undefined)(motoDiffers === undefined ? name : `${name} (moto differs: ${motoDiffers})`, () => run(clients));
      }
    });
  }
});

describe('the suite', () => {
  it('runs most of its cases on both', () => {
    const all = Object.values(SUITES).flat();
    expect(all.filter((each) => each.motoDiffers === undefined).length).toBeGreaterThan(all.length * 0.7);
    expect(new Set(all.map((each) => each.name)).size).toBe(all.length);
  });
});
