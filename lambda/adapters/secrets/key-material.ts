/** Fewest bytes of an HS256 key (RFC 7518, 3.2: as long as the hash). */
export const MIN_KEY_BYTES = 32;

/**
 * Bytes of a signing key from a secret's value: JSON `{"key": "…"}`, or the bare text that Secrets Manager generated.
 * Text of 43 or more base64url characters is decoded (32 bytes and more); any other text counts by its UTF-8 bytes.
 * @throws Error when there are fewer than {@link MIN_KEY_BYTES} bytes; the message does not show the value
 */
export function signingKeyBytes(value: string): Uint8Array {
  const text = fromJson(value) ?? value;
  const bytes = /^[\w-]{43,}$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.from(text, 'utf8');
  if (bytes.length < MIN_KEY_BYTES) {
    throw new Error(`The signing secret's value gives ${bytes.length} bytes of key; at least ${MIN_KEY_BYTES} are needed. Store {"key": "<43 or more base64url characters>"}, or rotate the secret.`);
  }
  return bytes;
}

function fromJson(value: string): string | undefined {
  if (!value.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && 'key' in parsed && typeof parsed.key === 'string' ? parsed.key : undefined;
  } catch {
    return undefined;
  }
}
