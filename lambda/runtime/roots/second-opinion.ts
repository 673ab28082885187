import type { SecondOpinionSettings } from '../../contracts/settings.ts';
import type { SecondOpinionUse } from '../../domain/redaction/second-opinion.ts';
import type { Variables } from '../environment.ts';
import { once } from '../once.ts';
import { serviceOptions } from '../service-options.ts';
import { wait } from './basics.ts';

/** Amazon Comprehend as a second opinion, loaded when staff read the first transcript. */
export function openSecondOpinion(variables: Variables, { minimumScore }: SecondOpinionSettings): SecondOpinionUse {
  return { open: once(async () => (await import('../../adapters/comprehend/second-opinion.ts')).comprehendSecondOpinion(serviceOptions(variables, 'comprehend', 'interactive'))), wait, minimumScore };
}
