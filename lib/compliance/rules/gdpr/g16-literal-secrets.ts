import { each, type Rule } from '../rule.ts';
import { secretFindings } from '../secrets/findings.ts';
import { CREDENTIALS, PAIRS, PROMPTS, SETTINGS } from '../secrets/places.ts';

const TYPES = [...new Set([...Object.keys(SETTINGS), ...Object.keys(PAIRS), ...Object.keys(PROMPTS), ...Object.keys(CREDENTIALS), 'AWS::SSM::Parameter', 'AWS::SecretsManager::Secret'])];

/** G16: no secret stands in a template. */
export const g16LiteralSecrets: Rule = {
  id: 'G16',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 32(1)'],
  title: 'No secret stands literally in settings, parameters, secrets, passwords or prompts',
  info: 'Looks at environment and stage variables, SSM parameters, secrets, master passwords, credentials of connections, prompts, agents and definitions of state machines; JSON inside a setting is read name by name. Fails for a value that has the form of a known kind of secret, a literal under the name of one, and an attribute that gives one in clear. A value that merely looks random is UNKNOWN, as is a setting under the name of a secret whose value comes from a parameter. Hashes, ARNs, URLs and placeholders are let pass. The value itself is never shown.',
  explanation: 'A template is read by everybody who may read the repository, the stack or the function: a secret in it is known. Keep it in Secrets Manager, give its ARN, and read it at run time; let GenerateSecretString make it, or put it in by hand. Rotate what stood in a template.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => {
    const found = secretFindings(estate, resource);
    return found.length === 0 ? { verdict: 'PASS', expected: 'a reference to a secret, no secret' } : found;
  }),
};
