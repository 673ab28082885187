import { describe, expect, it } from 'vitest';
import { g16LiteralSecrets } from '../../../../../lib/compliance/rules/gdpr/g16-literal-secrets.ts';
import { namesSecret } from '../../../../../lib/compliance/rules/secrets/names.ts';
import { looksRandom, secretIn } from '../../../../../lib/compliance/rules/secrets/shapes.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';
import { judge } from '../judge.ts';

const own = (variables: Json): Record<string, Json> => ({ One: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } } });
// Put together here, so that no scanner takes the test for a leak.
const joined = (...parts: readonly string[]): string => parts.join('');
const ACCESS_KEY = joined('AKIA', 'ABCDEFGHIJKLMNOP');
const INVENTED = ['correct', 'horse', '7'].join('-');
const secret = (properties: Json): Record<string, Json> => ({ One: { Type: 'AWS::SecretsManager::Secret', Properties: properties } });
const parameter = (Name: string, Value: Json): Record<string, Json> => ({ One: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name, Value } } });

holds(g16LiteralSecrets, [
  { name: 'passes settings without secrets, and references to secrets', resources: { ...own({ TABLE: 'chats', SECRET_ARN: { Ref: 'Kept' }, DB_PASSWORD: { Ref: 'Kept' }, MAX_TOKENS: '400', API_KEY_PARAMETER: '/app/key', PAGE: 'https://shop.example/help', CLIENT_SECRET: '', TOKEN: '<to be set>' }), Kept: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password' } } } }, gives: ['One PASS', 'Kept PASS'] },
  { name: 'fails the form of a secret under any name', resources: own({ HELLO: `key ${ACCESS_KEY}` }), gives: ['One HELLO FAIL'], says: ['AWS access key id'] },
  { name: 'fails a literal under the name of a secret', resources: own({ dbPassword: INVENTED, OTHER: 'x' }), gives: ['One dbPassword FAIL'] },
  { name: 'reads settings that are JSON text, with references in it too', resources: own({ SETTINGS: JSON.stringify({ model: { maxTokens: 400 }, vendor: { apiKey: INVENTED } }), MORE: { 'Fn::Join': ['', ['{"host":"', { Ref: 'AWS::StackName' }, `","password":"${INVENTED}"}`]] } }), gives: ['One SETTINGS FAIL', 'One MORE FAIL'] },
  { name: 'fails an attribute that gives a secret in clear', resources: { ...own({ KEY: { 'Fn::GetAtt': ['User', 'SecretAccessKey'] } }), User: { Type: 'AWS::IAM::AccessKey' } }, gives: ['One KEY FAIL'], says: ['SecretAccessKey of User'] },
  { name: 'cannot tell a parameter, a dynamic reference, and what looks random', resources: own({ API_TOKEN: UNRESOLVED, PASSWORD: '{{resolve:secretsmanager:app:SecretString:password}}', NAME: UNRESOLVED, BLOB: 'q7Rz2LmX9vTbK4wYpN8sJc6HdF3gAeUo', ASSET_HASH: 'q7Rz2LmX9vTbK4wYpN8sJc6HdF3gAeUo' }), gives: ['One API_TOKEN UNKNOWN', 'One PASSWORD UNKNOWN', 'One BLOB UNKNOWN'], says: ['AParameter', 'dynamic reference', 'looks random'] },
  { name: 'cannot tell settings that depend as a whole', resources: own(UNRESOLVED), gives: ['One UNKNOWN'] },
  { name: 'reads parameters by their name', resources: { ...parameter('/app/db-password', INVENTED), Two: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/model', Value: 'eu.amazon.nova-lite-v1:0' } } }, gives: ['One FAIL', 'Two PASS'] },
  { name: 'fails a literal in a secret', resources: secret({ SecretString: JSON.stringify({ username: 'app', password: INVENTED }) }), gives: ['One FAIL'] },
  { name: 'passes a secret whose value is to be put in, and one without a value', resources: { ...secret({ SecretString: '{"apiKey":"replace me"}' }), Two: { Type: 'AWS::SecretsManager::Secret' } }, gives: ['One PASS', 'Two PASS'] },
  { name: 'cannot tell a secret that is a parameter', resources: secret({ SecretString: UNRESOLVED }), gives: ['One UNKNOWN'], says: ['AParameter'] },
  { name: 'reads prompts and instructions', resources: { One: { Type: 'AWS::Bedrock::Agent', Properties: { Instruction: `You help. The API key is ${INVENTED}9.` } }, Two: { Type: 'AWS::Bedrock::Prompt', Properties: { Variants: [{ TemplateConfiguration: { Text: { Text: 'Never ask for a password: send people to the help page.' } } }] } } }, gives: ['One Instruction FAIL', 'Two PASS'] },
  { name: 'wants credentials by dynamic reference from a place for secrets', resources: { One: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: INVENTED } }, Two: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}' } }, Three: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: '{{resolve:ssm:/db/password}}' } } }, gives: ['One MasterUserPassword FAIL', 'Two PASS', 'Three MasterUserPassword UNKNOWN'] },
  { name: 'reads pairs of containers and builds', resources: { One: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Environment: [{ Name: 'TOKEN', Value: INVENTED }] }] } }, Two: { Type: 'AWS::CodeBuild::Project', Properties: { Environment: { EnvironmentVariables: [{ Name: 'TOKEN', Type: 'SECRETS_MANAGER', Value: 'app:token' }] } } } }, gives: ['One TOKEN FAIL', 'Two PASS'] },
]);

describe('G16: recognising a secret', () => {
  it('never shows it', () => {
    const found = judge(g16LiteralSecrets, { ...own({ A: ACCESS_KEY, PASSWORD: INVENTED }), ...parameter('/x/token', INVENTED), Two: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: INVENTED } } });
    const told = JSON.stringify(found.map(({ actual, expected, note, part, property }) => [actual, expected, note, part, property]));
    expect([told.includes(ACCESS_KEY), told.includes(INVENTED)]).toEqual([false, false]);
  });

  it.each([
    [joined('-----BEGIN ', 'RSA PRIVATE KEY-----'), 'a private key'],
    [joined('ghp_', 'a1'.repeat(18)), 'a GitHub token'],
    [joined('xoxb-', '1234567890-abc'), 'a Slack token'],
    [joined('sk_live_', 'a1'.repeat(10)), 'a Stripe key'],
    [joined('sk-ant-', 'a1'.repeat(15)), 'a key of a model vendor'],
    [joined('postgres://app:', 'pw12345@db.example/app'), 'a password in a URL'],
    [joined('Authorization: Bearer ', 'a1'.repeat(15)), 'a credential of a header'],
    [joined('Server=db;Password=', 'hunter22;'), 'a password of a connection string'],
    ['https://user.example/path?x=1', undefined],
    ['arn:aws:secretsmanager:eu-central-1:000000000000:secret:app-abc', undefined],
    ['task-force-plans-for-spring-and-summer', undefined],
  ])('%s', (text, what) => expect(secretIn(text)).toBe(what));

  it.each(['DB_PASSWORD', 'apiKey', 'token', 'stripe-secret', 'clientSecret', 'AWS_SECRET_ACCESS_KEY'])('takes %s for the name of a secret', (name) => expect(namesSecret(name)).toBe(true));
  it.each(['SIGNING_SECRET_ARN', 'maxTokens', 'tokensPerDay', 'TOKEN_URL', 'passwordPolicy', 'KEY_TABLE', 'tokenMinutes', 'PUBLIC_KEY_TOKEN', 'MONKEY'])('does not take %s for one', (name) => expect(namesSecret(name)).toBe(false));
  it('does not take hashes and words for random', () => expect(['d41d8cd98f00b204e9800998ecf8427e', 'AKindOfVeryLongCamelCaseName1234567', 'x'.repeat(40)].filter(looksRandom)).toEqual([]));
});
