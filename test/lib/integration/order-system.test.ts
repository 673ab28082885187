import { describe, expect, it } from 'vitest';
import type { Changes } from '../../config/sample.ts';
import type { Found, Json } from '../../support/assembly.ts';
import { circleIn, type Estate, estateOf, lengthOf, statementsIn } from '../../support/estate.ts';

const ORDERS: Changes = {
  'integrations.orders': { baseUrl: 'https://orders.ottermoss.example/api/', vendorCredential: 'order-system', orderNumberPattern: '^[0-9]{8}$' },
  'existing.customerIssuer': { issuerUrl: 'https://login.ottermoss.example', audience: 'chat' },
};
const estate = estateOf('prod', ORDERS);
const plain = estateOf('prod');

const functionCalled = (of: Estate, name: string): Found => of.of('AWS::Lambda::Function').find(({ properties }) => properties.FunctionName === `chatbot-prod-${name}`) ?? expect.fail(name);
const variables = (of: Estate, name: string): Json => functionCalled(of, name).properties.Environment.Variables;
const settings = (of: Estate, name: string): Json => JSON.parse(variables(of, name).SETTINGS);
/** Functions whose variables name the key of the order system. */
const told = (of: Estate): string[] => of.of('AWS::Lambda::Function').filter(({ properties }) => properties.Environment.Variables.ORDER_SYSTEM_SECRET_ARN !== undefined).map(({ properties }) => properties.FunctionName);

describe('an order system', () => {
  it('is told to the functions that answer turns, with the use cases that need it', () => {
    const orders = { baseUrl: 'https://orders.ottermoss.example/api', orderNumberPattern: '^[0-9]{8}$', useCases: ['order-status'] };
    for (const name of ['chat', 'turn-worker']) expect(settings(estate, name).orders).toEqual(orders);
    expect(told(estate).toSorted()).toEqual(['chatbot-prod-chat', 'chatbot-prod-turn-worker']);
  });

  it('has its key read by them alone, through Secrets Manager alone', () => {
    const secret = estate.of('AWS::SecretsManager::Secret').find(({ properties }) => properties.Name === 'chatbot-prod/vendor/order-system') ?? expect.fail('no secret');
    const reading = statementsIn(estate).filter(({ actions, resources, where }) => actions.includes('secretsmanager:GetSecretValue') && resources.some((one) => estate.target(one, where.split('/')[0] ?? '')?.id === secret.id));
    expect(reading.map(({ where, actions, statement }) => [where.replace(/Policy.*/, ''), actions, statement.Condition])).toEqual([
      ['Service/Chat', ['secretsmanager:GetSecretValue'], undefined],
      ['Service/ChatTurnWorker', ['secretsmanager:GetSecretValue'], undefined],
    ]);
    for (const name of ['chat', 'turn-worker']) expect(estate.target(variables(estate, name).ORDER_SYSTEM_SECRET_ARN, 'Service')?.id).toBe(secret.id);
    const worker = statementsIn(estate).filter(({ where, actions }) => where.startsWith('Service/ChatTurnWorker') && actions.includes('kms:Decrypt'));
    expect(worker.map(({ statement }) => JSON.stringify(statement.Condition?.StringEquals?.['kms:ViaService'] ?? '')).filter((via) => via.includes('secretsmanager.'))).toHaveLength(1);
  });

  it('leaves the rules, the templates and the size of the variables as they must be', () => {
    expect(estate.openFindings()).toEqual([]);
    for (const [stack, template] of Object.entries(estate.templates)) expect([stack, circleIn(template)]).toEqual([stack, undefined]);
    const all = variables(estate, 'chat');
    expect(Object.keys(all).reduce((sum, key) => sum + key.length + lengthOf(all[key], 110), 0)).toBeLessThanOrEqual(4_096);
  });

  it('is in no template without it', () => {
    expect([told(plain), settings(plain, 'chat').orders]).toEqual([[], undefined]);
  });
});

describe('a key that nobody keeps', () => {
  it('ends the synth with the names that there are', () => {
    expect(() => estateOf('prod', { ...ORDERS, 'integrations.orders.vendorCredential': 'crm' })).toThrow(/vendorCredential/);
  });
});
