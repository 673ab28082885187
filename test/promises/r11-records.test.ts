import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import * as current from '../../lambda/adapters/dynamodb/records.ts';
import type { Item } from '../../lambda/adapters/dynamodb/attributes.ts';
import { currentReader, currentRecords, decodeRecords, encodeRecords, GOLDEN, goldenReleases } from '../support/golden.ts';
import { figure } from '../support/promise.ts';

const RELEASES = goldenReleases();
const NEWEST = packageJson.version;
const recordsOf = (release: string): Record<string, Item> => decodeRecords(readFileSync(join(GOLDEN, release, 'records.json'), 'utf8'));

type Readers = Pick<typeof current, 'readHead' | 'readTurn' | 'readIdempotency' | 'readWrappedKey' | 'readOutbox'>;

/** Reads a golden record by its kind. */
function readBy(readers: Readers, name: string, item: Item): unknown {
  if (name.startsWith('head')) return readers.readHead(item);
  if (name.startsWith('turn')) return readers.readTurn(item);
  if (name === 'idempotency') return readers.readIdempotency(item);
  if (name === 'wrapped key') return readers.readWrappedKey(item);
  return readers.readOutbox(item);
}

/** Members of an object, whatever is inside, without undefined ones. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner)));

describe('R11: records stay readable both ways', () => {
  it('R11: this release has golden records, which are what it writes', async () => {
    await expect(encodeRecords(currentRecords())).toMatchFileSnapshot(join(GOLDEN, NEWEST, 'records.json'));
  });

  it('R11: this release keeps its readers for the next one', async () => {
    await expect(await currentReader()).toMatchFileSnapshot(join(GOLDEN, NEWEST, 'reader.mjs'));
  });

  it.each(RELEASES)('R11: records of release %s are read by this one, as what they were', (release) => {
    for (const [name, item] of Object.entries(recordsOf(release))) {
      const read = plain(readBy(current, name, item));
      // Whatever a release stored, the current reader keeps: the values stand in the record under the same names.
      expect(read, `${release} ${name}`).toBeTypeOf('object');
      if (name.startsWith('head') || name.startsWith('turn')) expect(read).toMatchObject({ conversationId: item['pk']?.S, turn: Number(item['turn']?.N), expiresAt: Number(item['expiresAt']?.N) * 1_000 });
    }
  });

  it('R11: records of this release are read by the one before it', async () => {
    const before = RELEASES.findLast((release) => release !== NEWEST);
    expect(before, 'there is a release before this one').toBeDefined();
    const readers: Readers = await import(/* @vite-ignore */ pathToFileURL(join(GOLDEN, before ?? '', 'reader.mjs')).href);
    let records = 0;
    for (const [name, item] of Object.entries(decodeRecords(encodeRecords(currentRecords())))) {
      const old = plain(readBy(readers, name, item));
      // What the older reader knows, it reads as the newer one does.
      expect(plain(readBy(current, name, item)), name).toMatchObject(old as object);
      records += 1;
    }
    figure('R11', `${records} records of ${NEWEST} read by ${before}; records of ${RELEASES.join(', ')} read by ${NEWEST}`);
  });
});
