import { DependencyUnavailable } from '../../domain/errors.ts';
import type { Opinion, SecondOpinion } from '../../domain/redaction/second-opinion.ts';
import type { RedactionKind } from '../../domain/redaction/types.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';

/** Languages that DetectPiiEntities knows (Amazon Comprehend Developer Guide, "Supported languages"). */
const LANGUAGES = ['en', 'es'];

/** What DetectPiiEntities answers, as far as it is read here. */
interface Detected {
  readonly Entities?: readonly { readonly Type?: string; readonly BeginOffset?: number; readonly EndOffset?: number; readonly Score?: number }[];
}

/** Kinds of what Comprehend names. What it may also find (dates, URLs, ages) is no personal data by itself, or ours. */
const KINDS: Readonly<Record<string, RedactionKind>> = {
  NAME: 'name',
  ADDRESS: 'address',
  EMAIL: 'email',
  PHONE: 'phone',
  CREDIT_DEBIT_NUMBER: 'card',
  CREDIT_DEBIT_CVV: 'secret',
  CREDIT_DEBIT_EXPIRY: 'card',
  PIN: 'secret',
  PASSWORD: 'secret',
  USERNAME: 'account',
  AWS_ACCESS_KEY: 'secret',
  AWS_SECRET_KEY: 'secret',
  IP_ADDRESS: 'ip',
  MAC_ADDRESS: 'mac',
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: 'iban',
  BANK_ACCOUNT_NUMBER: 'account',
  BANK_ROUTING: 'account',
  SWIFT_CODE: 'account',
  SSN: 'national-id',
  PASSPORT_NUMBER: 'national-id',
  DRIVER_ID: 'national-id',
  LICENSE_PLATE: 'national-id',
  UK_NATIONAL_INSURANCE_NUMBER: 'national-id',
  UK_NATIONAL_HEALTH_SERVICE_NUMBER: 'national-id',
  UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER: 'national-id',
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: 'national-id',
  CA_SOCIAL_INSURANCE_NUMBER: 'national-id',
  CA_HEALTH_NUMBER: 'national-id',
};

/** Amazon Comprehend as a second opinion. A text of a language that it does not know gets none. */
export function comprehendSecondOpinion(options: ClientOptions): SecondOpinion {
  const client = jsonClient(JSON_SERVICES.comprehend, options);
  return {
    async ask(text, locale, signal) {
      const language = LANGUAGES.find((known) => known === locale.split('-')[0]);
      if (language === undefined || text === '') return [];
      try {
        const { Entities = [] } = await client.call<Detected>('DetectPiiEntities', { Text: text, LanguageCode: language }, signal);
        const unit = unitOffsets(text);
        return Entities.flatMap(({ Type, BeginOffset, EndOffset, Score }): Opinion[] => {
          const kind = KINDS[Type ?? ''];
          const [start, end] = [unit(BeginOffset), unit(EndOffset)];
          return kind === undefined || start === undefined || end === undefined || Score === undefined ? [] : [{ kind, start, end, score: Score }];
        });
      } catch (error) {
        throw new DependencyUnavailable(`Comprehend gave no second opinion: ${error instanceof Error ? error.name : 'unknown error'}.`, { cause: error });
      }
    },
  };
}

/** Comprehend counts code points, JavaScript UTF-16 code units. Undefined for an offset outside the text. */
function unitOffsets(text: string): (codePoint: number | undefined) => number | undefined {
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    offsets.push(at);
    at += character.length;
  }
  offsets.push(at);
  return (codePoint) => (codePoint === undefined ? undefined : offsets[codePoint]);
}
