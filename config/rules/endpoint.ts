import { present } from './rule.ts';
import type { Rule } from './rule.ts';

/** The key of the model's endpoint is one that there is. */
export const endpointKeyExists: Rule = {
  id: 'endpoint-key-unknown',
  demands: '`model.apiKey.vendorCredential` names an entry of `vendorCredentials`.',
  check: ({ model, vendorCredentials }) => {
    const wanted = model?.provider === 'openai-compatible' ? model.apiKey?.vendorCredential : undefined;
    // With an entry that was refused it is not known which there are.
    if (wanted === undefined || vendorCredentials === undefined || vendorCredentials.some((entry) => entry?.name === undefined)) return [];
    const names = present(vendorCredentials.map((entry) => entry?.name));
    if (names.includes(wanted)) return [];
    return [
      {
        path: 'model.apiKey.vendorCredential',
        value: wanted,
        problem: 'There is no vendor credential of this name: the endpoint could not be called.',
        allowed: names.length === 0 ? 'the name of an entry of `vendorCredentials`, which has none' : `one of ${names.join(', ')}`,
        mend: `Add { name: '${wanted}', usedBy: 'answers of the model' } to \`vendorCredentials\`; its value is put in by hand.`,
      },
    ];
  },
};

/** Hosts of this machine: what is sent to them meets nobody on the way. */
const THIS_MACHINE = /^http:\/\/(localhost|127\.[\d.]+)(?=[:/]|$)/;

/** A key is not sent in the clear. */
export const endpointKeyIsHidden: Rule = {
  id: 'endpoint-key-in-clear',
  demands: '`model.apiKey` needs an https `model.baseUrl`, or an endpoint on this machine.',
  check: ({ model }) => {
    if (model?.provider !== 'openai-compatible' || model.apiKey === undefined || model.baseUrl === undefined) return [];
    if (model.baseUrl.startsWith('https://') || THIS_MACHINE.test(model.baseUrl)) return [];
    return [{ path: 'model.baseUrl', value: model.baseUrl, problem: 'The key would travel in the clear: anybody on the way could use it.', allowed: 'an https URL', mend: 'Put TLS before the endpoint, or leave `model.apiKey` out.' }];
  },
};
