import { createHash } from 'node:crypto';

/** Namespace of the report's UUIDs (RFC 4122, section 4.3). */
const NAMESPACE = Buffer.from('b7c1d06a4f5b4e0e9d3a52f2c81a7e64', 'hex');

/** SHA-256 of a text's UTF-8 bytes, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** UUID of version 5 that follows from what it names: the same parts, the same UUID. */
export function uuid(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts), 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) % 16) + 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) % 64) + 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
