import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData } from '../../lambda/domain/redaction/find.ts';
import { redact } from '../../lambda/domain/redaction/redact.ts';
import { figure, SEED, sized, sizedRuns } from '../support/promise.ts';
import { CHAT } from '../support/redaction/chat.ts';
import { ordinary, pages, SENTENCES, structured } from '../support/redaction/generators.ts';
import { ordinaryUtterances } from '../support/redaction/utterances.ts';

const sentence = fc.constantFrom(...SENTENCES);
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: sized(1_500, 50_000), seed: SEED });

describe('C1: redaction of structured values', () => {
  const cases = sample(fc.tuple(sentence, structured));
  const others = sample(fc.tuple(sentence, ordinary));

  it('C1: finds at least 99 % of them, and what it finds is one in at least 98 %', () => {
    const missed = cases.filter(([text, { value }]) => redact(text.replace('{}', () => value)).includes(value));
    const wrong = others.filter(([text, value]) => findPersonalData(text.replace('{}', () => value)).length > 0);
    const recall = 1 - missed.length / cases.length;
    const precision = (cases.length - missed.length) / (cases.length - missed.length + wrong.length);
    figure('C1', `structured: recall ${percent(recall)}, precision ${percent(precision)} of ${cases.length} values and as many that are none`);
    expect(recall, missed.slice(0, 10).map(([, { kind, value }]) => `${kind}: ${value}`).join('\n')).toBeGreaterThanOrEqual(0.99);
    expect(precision, wrong.slice(0, 10).map(([, value]) => value).join('\n')).toBeGreaterThanOrEqual(0.98);
  });

  it('C1: names the kind', () => {
    const kinds = cases.map(([text, { kind, value }]) => findPersonalData(text.replace('{}', () => value)).some((finding) => finding.kind === kind));
    expect(kinds.filter(Boolean).length / kinds.length).toBeGreaterThanOrEqual(0.98);
  });
});

describe('C1: redaction by dialogue', () => {
  it('C1: finds at least 80 % in real chat', () => {
    const missed = CHAT.filter(({ previous, text, value }) => redact(text, previous === undefined ? {} : { previous }).includes(value));
    figure('C1', `real chat: ${percent(1 - missed.length / CHAT.length)} of ${CHAT.length}`);
    expect(CHAT.length).toBeGreaterThanOrEqual(120);
    expect(1 - missed.length / CHAT.length, missed.map(({ text }) => text).join('\n')).toBeGreaterThanOrEqual(0.8);
  });

  it('C1: changes at most 0.1 % of ordinary utterances', () => {
    const all = ordinaryUtterances();
    const changed = all.filter((text) => redact(text) !== text);
    figure('C1', `ordinary utterances changed: ${percent(changed.length / all.length)} of ${all.length}`);
    expect(all.length).toBeGreaterThanOrEqual(1_000);
    expect(changed.length / all.length, changed.slice(0, 10).join('\n')).toBeLessThanOrEqual(0.001);
  });
});

describe('C1: redaction leaves what is ours', () => {
  const ours = fc.oneof(
    fc.uuid(),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
    fc.integer({ min: 1_000_000_000_000, max: 1_999_999_999_999 }).map(String),
    // Where it runs on one machine, its origin is an address.
    fc.tuple(fc.uuid(), fc.constantFrom('https://chat.example', 'https://127.0.0.1:8911', 'http://localhost:3000', 'http://[::1]:8080')).map(([id, origin]) => `${origin}/v1/conversations/${id}/messages?after=12`),
    pages,
    fc.nat(99_999).map((number) => `OT-${String(number).padStart(5, '0')}`),
    fc.nat(999).map((number) => `id-${number}`),
    fc.uuid().map((id) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`),
  );

  it('C1: never changes ids, timestamps or URLs of ours', () => {
    fc.assert(fc.property(ours, sentence, (value, text) => {
      expect(redact(text.replace('{}', () => value))).toContain(value);
    }), sizedRuns(500, 30_000));
  });

  it('C1: what is redacted stays as it is', () => {
    fc.assert(fc.property(structured, sentence, ({ value }, text) => {
      const once = redact(text.replace('{}', () => value));
      expect(redact(once)).toBe(once);
    }), sizedRuns(200, 10_000));
  });
});

describe('C1: redaction never throws', () => {
  const words = fc.constantFrom('pin', 'my password is', 'last four', '4111', '1111', '-', ':', '=', '@', 'a@', '::', '+', '(', '0049', 'eyJ', '.', '\u200b', '\ud800', 'four', 'double', '12/27', 'DE89', '-----BEGIN ', 'PRIVATE KEY-----', 'https://', '[email-', ']', '\u0000', '４', 'а');
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(words, { maxLength: 40 }).chain((all) => fc.constantFrom('', ' ').map((gap) => all.join(gap))));

  it('C1: on any text and anything said before', () => {
    fc.assert(fc.property(hostile, hostile, (text, previous) => {
      const findings = findPersonalData(text, { previous });
      let at = 0;
      for (const { start, end, value } of findings) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(start, end)).toBe(value);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    }), sizedRuns(500, 30_000));
  });
});
