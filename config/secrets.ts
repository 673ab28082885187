import { formatPath } from './path.ts';
import type { Step } from './path.ts';

/** Kinds of credential that are known by their form, wherever they stand in a text. */
const KNOWN: readonly { readonly kind: string; readonly form: RegExp }[] = [
  { kind: 'an AWS access key id', form: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/ },
  { kind: 'a private key', form: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/ },
  { kind: 'a signed token (JWT)', form: /\beyJ[\w-]{8,}\.[\w-]{8,}/ },
  { kind: 'a GitHub token', form: /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})/ },
  { kind: 'a GitLab token', form: /\bglpat-[\w-]{15,}/ },
  { kind: 'a Slack token or webhook', form: /\bxox[a-z]-[\w-]{10,}|hooks\.slack\.com\/(?:services|workflows)\/\w/ },
  { kind: 'a payment API key', form: /\b[rs]k_(?:live|test)_\w{10,}/ },
  { kind: 'an API key', form: /\bsk-[\w-]{20,}|\bAIza[\w-]{30,}/ },
  { kind: 'a password in a URL', form: /:\/\/[^/\s:@]{0,200}:[^/\s@]{1,200}@/ },
  { kind: 'a credential in a URL', form: /[?&](?:token|key|api_?key|secret|password|access_token|sig|signature)=[^&\s]{6,}/i },
  { kind: 'an authorization header', form: /\b(?:bearer|basic)\s+(?=[^\s\d]{0,200}\d)[\w+/.=-]{16,}/i },
];

/** Public identifiers that are random by nature: only the known forms are refused there. */
const PUBLIC = new Set(['existing.userPool.clientId', 'existing.customerIssuer.audience']);

/** Names whose text value is a credential whatever it looks like. */
const SECRET_NAME = /(?:^|[-_. ])(?:password|passwd|passphrase|secret|token|credential|(?:api|access|private|signing)[-_]?key)s?$/;

/** Options that say which secret holds a credential, by its name: what stands there is looked at like any other text. */
const NAMES_A_SECRET = new Set(['vendorCredential']);

/** Whether the name of an option or tag says that its value is secret: `apiKey`, `db-password`. */
export function isSecretName(name: string): boolean {
  return !NAMES_A_SECRET.has(name) && SECRET_NAME.test(name.slice(-100).replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase());
}

/** 32 characters without a space, of at least three kinds that alternate as chance does, or hexadecimal: what words and paths are not. */
function looksRandom(text: string): boolean {
  if (text.length < 32 || text.length > 4_096) return false;
  if (/^[0-9a-f]+$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  if (!/^[\w+/=-]+$/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false;
  const changes = (text.match(/[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]+/g)?.length ?? 1) - 1;
  // Chance changes kind at about 60 % of the steps, names in camel case and paths at about 20 %.
  return changes / (text.length - 1) > 0.38;
}

/** What kind of credential a text looks like; undefined when like none. `where` is its path. */
export function credentialKind(text: string, where = ''): string | undefined {
  const known = KNOWN.find(({ form }) => form.test(text));
  if (known) return known.kind;
  return !PUBLIC.has(where) && looksRandom(text) ? 'a random secret' : undefined;
}

/** A place where a credential seems to stand. */
export interface FoundSecret {
  readonly path: string;
  readonly kind: string;
}

/** Deepest nesting and most values that are looked at: config is far smaller, hostile input ends here. */
const LIMITS = { depth: 50, values: 100_000 };

/** Every credential in a value of any form, names included; cycles are walked once. */
export function findSecrets(input: unknown): FoundSecret[] {
  const found: FoundSecret[] = [];
  const seen = new WeakSet();
  const waiting: { readonly value: unknown; readonly steps: readonly Step[] }[] = [{ value: input, steps: [] }];
  for (let looked = 0; looked < LIMITS.values; looked += 1) {
    const next = waiting.pop();
    if (!next) break;
    const { value, steps } = next;
    if (typeof value === 'string') {
      const kind = secretAt(value, steps);
      if (kind) found.push({ path: safePath(steps), kind });
    }
    if (typeof value !== 'object' || value === null || seen.has(value) || steps.length > LIMITS.depth) continue;
    seen.add(value);
    const list = Array.isArray(value);
    for (const name of Object.keys(value)) {
      const step = list ? Number(name) : name;
      if (!list && credentialKind(name)) found.push({ path: safePath([...steps, step]), kind: `${credentialKind(name)} as a name` });
      waiting.push({ value: Reflect.get(value, name), steps: [...steps, step] });
    }
  }
  return found.toReversed();
}

function secretAt(value: string, steps: readonly Step[]): string | undefined {
  const name = steps.findLast((step) => typeof step === 'string');
  if (typeof name === 'string' && value !== '' && isSecretName(name)) return `a value under the name ${safePath([name])}`;
  return credentialKind(value, formatPath(steps));
}

/** Path whose steps are shown only when none is itself a credential. */
export function safePath(steps: readonly PropertyKey[]): string {
  return formatPath(steps.map((step) => (typeof step === 'string' && credentialKind(step) ? '(not shown)' : typeof step === 'string' && step.length > 80 ? `${step.slice(0, 80)}…` : step)));
}
