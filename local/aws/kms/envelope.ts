import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from '../errors.ts';

/** First byte of a ciphertext blob: the version of its layout. */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encryption context as authenticated data: the same for every order of its pairs. */
const authenticated = (context: ReadonlyMap<string, string>): Buffer =>
  Buffer.from(JSON.stringify([...context].toSorted(([a], [b]) => (a < b ? -1 : 1))));

const invalid = (): AwsError => new AwsError('InvalidCiphertextException', '');

/** AES-256-GCM under a master key. The blob is: version, length and text of the key id, IV, tag, ciphertext. */
export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: ReadonlyMap<string, string>): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', material, iv);
  cipher.setAAD(authenticated(context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(keyId);
  return Buffer.concat([Buffer.from([VERSION, id.length]), id, iv, cipher.getAuthTag(), body]);
}

/** Key id that a blob was made under. @throws InvalidCiphertextException for what is no blob */
export function keyIdOf(blob: Buffer): string {
  const length = blob[1] ?? 0;
  if (blob[0] !== VERSION || length === 0 || blob.length < 2 + length + IV_BYTES + TAG_BYTES) throw invalid();
  return blob.toString('utf8', 2, 2 + length);
}

/** Plaintext of a blob. @throws InvalidCiphertextException when the blob or the context was changed */
export function open(blob: Buffer, material: Buffer, context: ReadonlyMap<string, string>): Buffer {
  const start = 2 + Buffer.byteLength(keyIdOf(blob));
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(start, start + IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(context));
  decipher.setAuthTag(blob.subarray(start + IV_BYTES, start + IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(blob.subarray(start + IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw invalid();
  }
}
