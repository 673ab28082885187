import { byCode } from '../../evidence/order.ts';
import { textOf } from '../../template/value.ts';
import type { Estate } from '../../template/types.ts';
import type { Parameters } from '../parameters.ts';
import { platformOf } from '../processors.ts';
import type { Rule } from '../rule.ts';
import { storeTag, STORE_TYPES } from '../stores.ts';

/** An article that no template can tell anything about. */
interface Article {
  readonly number: number;
  readonly title: string;
  /** What a person has to see. */
  readonly wanted: string;
  readonly explanation: string;
  /** What the templates and the parameters do say. @default - nothing */
  readonly told?: (estate: Estate, parameters: Parameters) => string;
}

const ARTICLES: readonly Article[] = [
  {
    number: 6,
    title: 'Every purpose of processing has a legal basis',
    wanted: 'the legal basis of each purpose in the record of processing, and for legitimate interests the assessment that weighs them',
    explanation: 'The tags of the stores name a basis; whether it holds is a legal question. Keep the reasoning with its author and date.',
    told: (estate, { tags }) => among('bases in the tags', estate.resources.filter(({ type }) => STORE_TYPES.some((one) => one === type)).map((store) => textOf(storeTag(estate, store, tags.legalBasis)))),
  },
  {
    number: 7,
    title: 'Consent, where it is the basis, is shown and can be withdrawn',
    wanted: 'how consent is asked for, recorded and withdrawn, or the statement that no purpose rests on consent',
    explanation: 'Withdrawing has to be as easy as giving, and stops the purpose: analytics and training ask for it per conversation.',
  },
  {
    number: 12,
    title: 'Requests of data subjects are answered plainly and within a month',
    wanted: 'the procedure for requests: where they arrive, how the person is identified, who answers, and the register of requests with their dates',
    explanation: 'A role that may erase answers nobody by itself. Name who receives requests, how they prove who asks, and how the month of Art. 12(3) is watched.',
  },
  {
    number: 13,
    title: 'Whoever writes to the bot is told what happens with it',
    wanted: 'the privacy notice in every language of the bot: controller, purposes and bases, recipients, transfers, retention, rights, and that a machine answers',
    explanation: 'The notice is due when the data is collected: link it beside the disclosure, before the first message.',
    told: (_, { disclosure }) => `disclosure declared in ${disclosure?.locales.join(', ') || 'no language'}`,
  },
  {
    number: 14,
    title: 'People whose data comes from elsewhere are told as well',
    wanted: 'the notice to people about whom integrations (orders, customer records) or agents bring data, or why Art. 14(5) excepts it',
    explanation: 'What a system of yours looks up for a reply was not obtained from the person in the chat: the source belongs into the notice.',
  },
  {
    number: 28,
    title: 'Every processor has a contract',
    wanted: 'the contract under Art. 28(3) with each processor, its sub-processors, and the cloud provider’s data processing addendum',
    explanation: 'The register of processors names who gets data; it does not show what they signed. The platform, on whose services everything runs, is a processor too: G24 leaves its contract to this article.',
    told: (_, parameters) => `platform: ${platformOf(parameters)}; ${among('processors in the register', parameters.processors.map(({ name }) => name))}`,
  },
  {
    number: 35,
    title: 'The impact of the bot on people was assessed',
    wanted: 'the data protection impact assessment with its date and the advice of the data protection officer, or the reasons why none is needed',
    explanation: 'New technology that talks with people at scale is what Art. 35(1) has in mind; supervisory authorities list such processing. Look at it again when model, purposes or data change.',
    told: (_, { impactAssessment }) => (impactAssessment === undefined ? 'no reference in the parameter impactAssessment' : `impactAssessment: ${impactAssessment}`),
  },
  {
    number: 37,
    title: 'A data protection officer is designated where one is needed',
    wanted: 'the designation of the officer with the notice to the supervisory authority (Art. 37(7)), or the reasons why none is needed',
    explanation: 'Regular and systematic monitoring at scale, or special categories of data at scale, require one.',
  },
];

/** Articles 6, 7, 12-14, 28, 35 and 37: always for a person, with a slot for the evidence, its owner and the day by which it is due. */
export const ARTICLE_RULES: readonly Rule[] = ARTICLES.map(({ number, title, wanted, explanation, told }) => ({
  id: `A${String(number).padStart(2, '0')}`,
  pack: 'GDPR',
  version: 1,
  references: [`GDPR Art. ${number}`],
  title,
  info: 'Always MANUAL: no template tells it. The slot of this control takes a reference to the evidence, who owns it and the day by which it is due.',
  explanation,
  looksAt: [],
  judge: (estate, parameters) => [{ verdict: 'MANUAL', expected: wanted, ...(told && { actual: told(estate, parameters) }), note: 'Evidence wanted.' }],
}));

function among(what: string, names: readonly (string | undefined)[]): string {
  const known = [...new Set(names)].filter((name): name is string => name !== undefined && name !== 'none').toSorted(byCode);
  return known.length === 0 ? `no ${what}` : `${what}: ${known.join(', ')}`;
}
