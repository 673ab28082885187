import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesGcmCipher } from '../../../../lambda/adapters/cipher/aes-gcm.ts';
import { TamperedText } from '../../../../lambda/domain/errors.ts';

const cipher = aesGcmCipher(randomBytes);
const key = { subject: 's1', key: randomBytes(32) };

describe('AES-256-GCM', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
      expect(cipher.open(key, place, cipher.seal(key, place, text))).toBe(text);
    }));
  });

  it('notices every changed bit', () => {
    const { ciphertext } = cipher.seal(key, 'c/1/text', 'a short text');
    for (let bit = 0; bit < ciphertext.length * 8; bit += 1) {
      const changed = Uint8Array.from(ciphertext);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cipher.open(key, 'c/1/text', { ciphertext: changed })).toThrow(TamperedText);
    }
  });

  it('notices another place, another key, and cut or empty text', () => {
    const sealed = cipher.seal(key, 'c/1/text', 'text');
    expect(() => cipher.open(key, 'c/2/text', sealed)).toThrow(TamperedText);
    expect(() => cipher.open({ subject: 's1', key: randomBytes(32) }, 'c/1/text', sealed)).toThrow(TamperedText);
    expect(() => cipher.open(key, 'c/1/text', { ciphertext: sealed.ciphertext.subarray(1) })).toThrow(TamperedText);
    expect(() => cipher.open(key, 'c/1/text', { ciphertext: new Uint8Array() })).toThrow('too short');
  });

  it('takes its nonce from the source it was given, twelve bytes each time', () => {
    let count = 0;
    const counting = aesGcmCipher((size) => Buffer.alloc(size, (count += 1)));
    const first = counting.seal(key, 'p', 'same').ciphertext;
    const second = counting.seal(key, 'p', 'same').ciphertext;
    expect([...first.subarray(0, 12)]).toEqual(Array.from({ length: 12 }, () => 1));
    expect([...second.subarray(0, 12)]).toEqual(Array.from({ length: 12 }, () => 2));
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
  });
});
