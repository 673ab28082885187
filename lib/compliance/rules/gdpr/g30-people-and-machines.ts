import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { booleanOf, type Value } from '../../template/value.ts';
import { check, found, literal, manyAt, patternOf, reasonsOf } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import type { Judgement, Rule } from '../rule.ts';
import { grants, grantsOf, IDENTITY_POLICY_TYPES } from '../statements.ts';

const BOTS: ReadonlySet<string> = new Set(['AWS::Bedrock::Agent', 'AWS::Bedrock::Guardrail', 'AWS::Bedrock::Flow', 'AWS::BedrockAgentCore::Runtime', 'AWS::Lex::Bot']);
const CALLS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:InvokeAgent', 'lex:RecognizeText'];
const SENTIMENT = ['comprehend:DetectSentiment', 'comprehend:BatchDetectSentiment', 'comprehend:DetectTargetedSentiment', 'comprehend:StartSentimentDetectionJob', 'transcribe:StartCallAnalyticsJob', 'rekognition:DetectFaces'];
const LEX: ReadonlySet<string> = new Set(['AWS::Lex::BotAlias', 'AWS::Lex::Bot']);

/** G30: what the law asks of a machine that speaks with people is declared. */
export const g30PeopleAndMachines: Rule = {
  id: 'G30',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 8', 'GDPR Art. 9', 'GDPR Art. 13(2)(f)', 'GDPR Art. 22', 'GDPR Art. 35', 'AI Act Art. 50(1)'],
  title: 'Children, sentiment analysis, the way to a human and the AI disclosure are declared',
  info: 'Looks at estates in which a model or a bot answers. The parameter childDirected has to be set, true or false; true needs evidence of consent of parents. Sentiment analysis (rights to Comprehend, call analytics or faces, and Lex with DetectSentiment) needs the parameter impactAssessment. The parameter disclosure has to name a way to a human and the locales that say that a machine answers; every locale of a Lex bot has to be among them. Sentiment that a prompt asks a model for is not seen in a template.',
  explanation: 'None of this follows from an architecture: somebody has to decide and write it down. Declare childDirected, carry out the assessment before feelings of people are analysed and enter its reference, offer a human where the machine decides or does not know further, and say in every language, before the first answer, that a machine answers.',
  looksAt: [...BOTS, 'AWS::Lex::BotAlias', ...IDENTITY_POLICY_TYPES],
  judge: (estate, parameters) => {
    const sentiment = feelings(estate);
    const answers = estate.resources.some(({ type }) => BOTS.has(type)) || grantsOf(estate).some(({ value }) => grants(value, CALLS) === true);
    if (!answers && sentiment.length === 0) return [{ verdict: 'NOT_APPLICABLE', note: 'No model and no bot answers here.' }];
    return [children(parameters), ...sentiment.map((feeling) => analysed(feeling, parameters)), ...declared(estate, parameters)];
  },
};

function children({ childDirected }: Parameters): Judgement {
  const judgement = { part: 'Children', property: 'childDirected', actual: childDirected === undefined ? 'not declared' : String(childDirected), expected: 'true or false' };
  if (childDirected === undefined) return { ...judgement, verdict: 'FAIL', note: 'The parameter childDirected is not declared.' };
  return childDirected ? { ...judgement, verdict: 'MANUAL', note: 'Evidence wanted: how consent of a parent is asked for and verified (Art. 8), and the disclosure in words for children (Art. 12).' } : { ...judgement, verdict: 'PASS' };
}

interface Feeling {
  readonly resource: Resource;
  readonly part: string;
  readonly property: string;
  readonly actual: string;
  /** What switches it on. @default - a right does */
  readonly value?: Value;
}

function feelings(estate: Estate): Feeling[] {
  const rights = grantsOf(estate).flatMap(({ resource, part, value }): Feeling[] => {
    const actions = SENTIMENT.filter((action) => grants(value, [action]) === true);
    return actions.length === 0 ? [] : [{ resource, part: `Sentiment ${part}`, property: 'PolicyDocument', actual: actions.join(', ') }];
  });
  const bots = estate.resources.filter(({ type }) => LEX.has(type)).flatMap((resource) => {
    const settings = ['SentimentAnalysisSettings.DetectSentiment', 'TestBotAliasSettings.SentimentAnalysisSettings.DetectSentiment'].flatMap((property) => manyAt(valueAt(estate, resource), property));
    return settings.filter((value) => booleanOf(value) !== false).map((value): Feeling => ({ resource, part: 'Sentiment', property: 'SentimentAnalysisSettings.DetectSentiment', actual: patternOf(value), value }));
  });
  return [...rights, ...bots];
}

function analysed({ value, ...feeling }: Feeling, { impactAssessment }: Parameters): Judgement {
  const judgement = { ...feeling, expected: 'the reference of an impact assessment in the parameter impactAssessment' };
  if (impactAssessment !== undefined && impactAssessment.trim() !== '') return { ...judgement, verdict: 'PASS', note: `Assessed in ${impactAssessment}.` };
  return value === undefined || value.kind === 'literal' ? { ...judgement, verdict: 'FAIL' } : { ...judgement, verdict: 'UNKNOWN', note: `Whether feelings are analysed is not told by the template: ${reasonsOf(value)}.` };
}

function declared(estate: Estate, { disclosure }: Parameters): Judgement[] {
  const human = disclosure?.humanRoute.trim() ?? '';
  const locales = disclosure?.locales ?? [];
  const rows: Judgement[] = [
    { part: 'Human route', verdict: human === '' ? 'FAIL' : 'PASS', property: 'disclosure.humanRoute', actual: human === '' ? 'not declared' : human.slice(0, 200), expected: 'the way on which a person is reached' },
    { part: 'Disclosure', verdict: locales.length === 0 ? 'FAIL' : 'PASS', property: 'disclosure.locales', actual: locales.length === 0 ? 'not declared' : locales.join(', '), expected: 'every locale in which a machine answers' },
  ];
  const spoken = estate.resources.filter(({ type }) => type === 'AWS::Lex::Bot').flatMap((resource) => manyAt(valueAt(estate, resource), 'BotLocales[].LocaleId').map((value) => ({ resource, value })));
  return [...rows, ...spoken.map(({ resource, value }, index) => found(resource, check('BotLocales.LocaleId', value, 'a locale of the parameter disclosure', literal((spoken) => locales.some((locale) => fits(spoken, locale)))), `Disclosure ${value.kind === 'literal' ? String(value.value) : index + 1}`))];
}

/** A declared language covers its regions: `de` covers `de_AT`. */
function fits(spoken: string, declared: string): boolean {
  const [given, wanted] = [spoken.toLowerCase().replace('_', '-'), declared.toLowerCase().replace('_', '-')];
  return given === wanted || given.startsWith(`${wanted}-`);
}
