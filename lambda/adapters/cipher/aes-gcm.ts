import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Cipher } from '../../domain/conversation/ports.ts';
import type { DataKey } from '../../domain/conversation/types.ts';
import { TamperedText } from '../../domain/errors.ts';

/** Bytes of the nonce (NIST SP 800-38D, 8.2: 96 bits). */
const NONCE_BYTES = 12;
/** Bytes of the authentication tag, the longest that GCM has. */
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * AES-256-GCM. A sealed text is nonce, ciphertext and tag in one; the place is additional authenticated data.
 * @param randomBytes source of nonces: cryptographically random, never repeated under one key
 */
export function aesGcmCipher(randomBytes: (size: number) => Uint8Array): Cipher {
  /** Made once a key, which is used several times a turn: from bytes it costs three times what a short text costs to seal. */
  const keys = new WeakMap<DataKey, KeyObject>();
  const keyOf = (data: DataKey): KeyObject => {
    const known = keys.get(data) ?? createSecretKey(data.key);
    keys.set(data, known);
    return known;
  };
  return {
    seal(key, place, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyOf(key), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place, 'utf8'));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { ciphertext: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
    },
    open(key, place, { ciphertext }) {
      if (ciphertext.length < NONCE_BYTES + TAG_BYTES) throw new TamperedText(`Sealed text at ${place} is ${ciphertext.length} bytes long, too short to be one.`);
      const decipher = createDecipheriv(ALGORITHM, keyOf(key), ciphertext.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place, 'utf8'));
      decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
      try {
        const body = decipher.update(ciphertext.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new TamperedText(`Sealed text at ${place} does not match its key and place.`, { cause: error });
      }
    },
  };
}
