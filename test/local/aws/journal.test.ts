import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Journaled } from '../../../local/aws/journal.ts';
import { Journal } from '../../../local/aws/journal.ts';
import { withFolder } from './support/loopback.ts';

/** State that is the list of its records. */
function listPart(): Journaled & { readonly records: unknown[] } {
  const records: unknown[] = [];
  return { records, apply: (record) => void records.push(record), dump: () => records };
}
const open = (folder: string | undefined): { journal: Journal; records: unknown[] } => {
  const part = listPart();
  return { journal: Journal.open(folder, new Map([['part', part]])), records: part.records };
};

describe('journal', () => {
  it('gives back every committed record in order, over many starts', () =>
    withFolder((folder) => {
      const expected: unknown[] = [];
      for (let round = 0; round < 4; round += 1) {
        const { journal, records } = open(folder);
        expect(records).toEqual(expected);
        for (let i = 0; i < 3; i += 1) {
          const record = { round, i, text: 'a\n"b" 🙂' };
          journal.commit('part', record);
          expected.push(record);
        }
        journal.close();
      }
      expect(readdirSync(folder).toSorted()).toEqual(['journal-4.ndjson', 'snapshot.ndjson']);
      return Promise.resolve();
    }));

  it('changes nothing when a record cannot be written', () =>
    withFolder((folder) => {
      const { journal, records } = open(folder);
      journal.commit('part', 1);
      journal.close();
      expect(() => journal.commit('part', 2)).toThrow(/cannot be written: the endpoint is closed/);
      expect(records).toEqual([1]);
      return Promise.resolve();
    }));

  it('works without a folder', () => {
    const { journal, records } = open(undefined);
    journal.commit('part', 'x');
    expect(records).toEqual(['x']);
  });

  it('refuses records of a service that it does not know', () =>
    withFolder((folder) => {
      const { journal } = open(folder);
      journal.commit('part', 1);
      journal.close();
      expect(() => Journal.open(folder, new Map())).toThrow(/holds records of 'part', which this version does not know/);
      return Promise.resolve();
    }));
});
