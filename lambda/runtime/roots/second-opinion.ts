import type { SecondOpinionSettings } from '../../contracts/settings.ts';
import type { SecondOpinionUse } from '../../domain/redaction/second-opinion.ts';
import type { Variables } from '../environment.ts';
import { once } from '../once.ts';
import { serviceOptions } from '../service-options.ts';
import { wait } from './basics.ts';
import { openGuard } from './guards.ts';

/** Amazon Comprehend as a second opinion, loaded when staff read the first transcript. */
export function openSecondOpinion(variables: Variables, { minimumScore }: SecondOpinionSettings): SecondOpinionUse {
  const guard = openGuard('comprehend', 'interactive');
  const open = once(async () => {
    const { comprehendSecondOpinion } = await import('../../adapters/comprehend/second-opinion.ts');
    const opinion = comprehendSecondOpinion(serviceOptions(variables, 'comprehend', 'interactive'));
    return { ask: (...asked: Parameters<typeof opinion.ask>) => guard(() => opinion.ask(...asked)) };
  });
  return { open, wait, minimumScore };
}
