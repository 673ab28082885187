import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import * as current from '../../lambda/adapters/dynamodb/records.ts';
import { currentReader, currentRecords, decodeRecords, encodeRecords, GOLDEN, goldenReleases, read, readBy, readersOf, recordsOf } from '../support/golden.ts';
import { figure } from '../support/promise.ts';

const RELEASES = goldenReleases();
const NEWEST = packageJson.version;
const BEFORE = RELEASES.filter((release) => release !== NEWEST);

/** As it is stored beside the records: without undefined members, bytes as text. */
const plain = (value: Record<string, unknown>): Record<string, unknown> => JSON.parse(encodeRecords(value)) as Record<string, unknown>;

/** Names of a value's members, whatever is inside them too: `claim.turn`. */
function membersOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => membersOf(inner, path === '' ? name : `${path}.${name}`));
}

/** What this release writes, as it comes back from the store. */
const written = decodeRecords(encodeRecords(currentRecords()));

/*
 * A release leaves three files: what it wrote, what it read in that, and its readers. Those of the newest are renewed with vitest's
 * `--update` as long as it is not released; those of an earlier one never change again, and what they say must stay true.
 */
describe('R11: records stay readable both ways', () => {
  it('R11: this release has golden records, which are what it writes', async () => {
    await expect(encodeRecords(currentRecords())).toMatchFileSnapshot(join(GOLDEN, NEWEST, 'records.json'));
  });

  it('R11: what this release reads in them stands beside them', async () => {
    await expect(encodeRecords(read(current, written))).toMatchFileSnapshot(join(GOLDEN, NEWEST, 'read.json'));
  });

  it('R11: this release keeps its readers for the next one', async () => {
    await expect(await currentReader()).toMatchFileSnapshot(join(GOLDEN, NEWEST, 'reader.mjs'));
  });

  it.each(BEFORE)('R11: records of release %s are read by this one as they were by that one, whole', (release) => {
    expect(plain(read(current, recordsOf(release)))).toEqual(readBy(release));
  });

  it.each(BEFORE)('R11: the readers of release %s still read its records so', async (release) => {
    // Else the files were changed, and what they say is nothing that a release ever did.
    expect(plain(read(await readersOf(release), recordsOf(release)))).toEqual(readBy(release));
  });

  it('R11: records of this release are read by the one before it', async () => {
    const before = BEFORE.at(-1);
    expect(before, 'there is a release before this one').toBeDefined();
    const own = readBy(before ?? '');
    const seen = plain(read(await readersOf(before ?? ''), written));
    const now = plain(read(current, written));
    // Every kind of record that the older release has is still written, and in each it finds all that it knows: an attribute that it
    // found in its own and misses here was renamed or dropped, which no release may do while the one before it runs beside it.
    expect(Object.keys(seen)).toEqual(expect.arrayContaining(Object.keys(own)));
    for (const name of Object.keys(own)) expect([name, membersOf(seen[name])]).toEqual([name, expect.arrayContaining(membersOf(own[name]))]);
    // And it reads them with the values that the newer one reads.
    for (const name of Object.keys(seen)) expect(now[name], name).toMatchObject(seen[name] as object);
    figure('R11', `${Object.keys(seen).length} records of ${NEWEST} read by ${before}; records of ${RELEASES.join(', ')} read by ${NEWEST}`);
  });
});
