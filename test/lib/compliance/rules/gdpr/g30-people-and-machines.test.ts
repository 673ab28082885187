import { g30PeopleAndMachines } from '../../../../../lib/compliance/rules/gdpr/g30-people-and-machines.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const DECLARED = { childDirected: false, disclosure: { locales: ['en', 'de-AT'], humanRoute: 'help@shop.example' } };
const AGENT: Record<string, Json> = { A: { Type: 'AWS::Bedrock::Agent' } };
const policy = (Action: Json): Record<string, Json> => ({ P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } } } });
const ALIAS = (DetectSentiment: Json): Record<string, Json> => ({ L: { Type: 'AWS::Lex::BotAlias', Properties: { SentimentAnalysisSettings: { DetectSentiment } } } });
const GOOD = ['estate Human route PASS', 'estate Disclosure PASS'];

holds(g30PeopleAndMachines, [
  { name: 'passes when all is declared', parameters: DECLARED, resources: AGENT, gives: ['estate Children PASS', ...GOOD] },
  { name: 'sees who may call a model', parameters: DECLARED, resources: policy('bedrock:InvokeModel'), gives: ['estate Children PASS', ...GOOD] },
  { name: 'fails when nothing is declared', resources: AGENT, gives: ['estate Children FAIL', 'estate Human route FAIL', 'estate Disclosure FAIL'] },
  { name: 'wants evidence where children are meant', parameters: { ...DECLARED, childDirected: true }, resources: AGENT, gives: ['estate Children MANUAL', ...GOOD], says: ['consent of a parent'] },
  { name: 'fails for feelings without an assessment', parameters: DECLARED, resources: { ...policy(['comprehend:*']), ...ALIAS(true) }, gives: ['estate Children PASS', 'P Sentiment Statement 1 FAIL', 'L Sentiment FAIL', ...GOOD] },
  { name: 'passes for feelings with one', parameters: { ...DECLARED, impactAssessment: 'DPIA-7' }, resources: policy('comprehend:DetectSentiment'), gives: ['estate Children PASS', 'P Sentiment Statement 1 PASS', ...GOOD] },
  { name: 'asks for every locale of a bot', parameters: DECLARED, resources: { B: { Type: 'AWS::Lex::Bot', Properties: { BotLocales: [{ LocaleId: 'en_GB' }, { LocaleId: 'de_DE' }, { LocaleId: 'de_AT' }, { LocaleId: UNRESOLVED }] } } }, gives: ['estate Children PASS', ...GOOD, 'B Disclosure en_GB PASS', 'B Disclosure de_DE FAIL', 'B Disclosure de_AT PASS', 'B Disclosure 4 UNKNOWN'] },
  { name: 'cannot tell what a parameter decides', parameters: DECLARED, resources: { ...AGENT, ...ALIAS(UNRESOLVED) }, gives: ['estate Children PASS', 'L Sentiment UNKNOWN', ...GOOD], says: ['AParameter'] },
  { name: 'does not ask an estate without a machine that speaks', resources: { B: { Type: 'AWS::S3::Bucket' }, ...policy('s3:*') }, gives: ['estate NOT_APPLICABLE'] },
]);
