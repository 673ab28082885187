import { forMatching, withoutUnseen } from './matching.ts';

/** Shapes of secrets. A support reply holds none of them. */
const SECRETS = [
  /(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}/,
  /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]{0,39}\d)(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}[A-Z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/,
  /-----BEGIN/,
  /eyJ[\w-]{8,}\.[\w-]{8,}/,
  /(?:sk|pk|rk|ghp|gho|ghu|ghs|ghr|glpat|xox[abeprs]|whsec|hf|npm|pat)[-_](?=[\w-]{0,60}\d)[\w-]{16,}/,
  /github_pat_\w{20,}|AIza[\w-]{35}|ya29\.[\w-]{20,}/,
  /arn:aws[\w-]*:[\w-]+:/,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,64}:[^\s@/]{3,}@/i,
  /\b(?:password|passwd|passwort|kennwort|secret|api[ _-]?key|access[ _-]?token|bearer)\b["']?\s*(?:[:=]|\bis\b|\bist\b|\blautet\b)\s*["']?(?=\S*\d)\S{8,}/i,
  /[0-9a-f]{32,}/i,
  /(?=[A-Za-z0-9+/=_-]{0,59}\d)(?=[A-Za-z0-9+/=_-]{0,59}[A-Za-z])[A-Za-z0-9+/=_-]{60,}/,
];

/** Key ids as {@link forMatching} leaves them: other scripts' letters, any case. */
const KEY_ID = /(?:akia|asia|aroa|aida)(?=[a-z]{0,15}\d)[a-z0-9]{16}/;
/** Ten and more single letters or signs, set apart; the first and last may be parts of words. */
const SPELT = /[A-Za-z0-9](?:[^A-Za-z0-9]{1,3}[A-Za-z0-9](?![A-Za-z0-9])){9,}(?:[^A-Za-z0-9]{1,3}[A-Za-z0-9])?/g;
const SPACED = /\S(?:\s{1,3}\S(?!\S)){9,}(?:\s{1,3}\S)?/g;

/** Whether a text holds something shaped like a secret: as it stands, in other letters, or with all its letters set apart. */
export function holdsSecret(text: string): boolean {
  const plain = withoutUnseen(text).normalize('NFKC');
  const joined = [plain.replace(SPELT, (run) => run.replace(/[^A-Za-z0-9]+/g, '')), plain.replace(SPACED, (run) => run.replace(/\s+/g, ''))];
  const copies = new Set([text, plain, ...joined]);
  return [...copies].some((copy) => SECRETS.some((pattern) => pattern.test(copy))) || KEY_ID.test(forMatching(joined[0] ?? ''));
}
