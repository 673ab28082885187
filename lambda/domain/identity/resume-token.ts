import { createHash, timingSafeEqual } from 'node:crypto';

/** What a token is compared with where there is none: no text that anybody could find has this hash. */
const NO_HASH = '0'.repeat(64);

/** Hash under which a resume token is stored, hexadecimal. One pass of SHA-256 is enough: the token is 32 random bytes, which nobody can guess their way through. */
export function resumeHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a token has that hash; false without one. Takes the same time whatever it is compared with. */
export function isResumeToken(token: string, hash: string | undefined): boolean {
  const shown = Buffer.from(resumeHash(token));
  const stored = Buffer.from(hash ?? NO_HASH);
  return shown.length === stored.length && timingSafeEqual(shown, stored);
}
