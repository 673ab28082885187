import { messageOf } from '../evidence/judge.ts';
import { once } from '../once.ts';
import type { ReportViews } from '../report/views.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { Estate } from '../template/types.ts';
import { accessMatrix } from './access-matrix.ts';
import { reportedAccess } from './access.ts';
import { dataFlowOf } from './data-flow.ts';
import { egressOf } from './egress.ts';
import { encryptionOf } from './encryption.ts';
import { namesOf } from './names.ts';
import { processingRecordsOf } from './processing-records.ts';

/**
 * All that the report derives from the templates beside the verdicts. The same estate and parameters give the same views. Never throws:
 * a view that breaks is left out and named, as a rule that breaks is an ERROR and takes no other away.
 */
export function reportViews(estate: Estate, parameters: Parameters): ReportViews {
  const broken: Record<string, string> = {};
  const derived = <T>(view: keyof ReportViews, derive: () => T): T | undefined => {
    try {
      return derive();
    } catch (error) {
      broken[view] = messageOf(error);
      return undefined;
    }
  };
  const names = once(() => namesOf(estate));
  const matrix = once(() => accessMatrix(estate, parameters));
  const ways = once(() => egressOf(estate, parameters, names()));
  const views: ReportViews = {
    accessMatrix: derived('accessMatrix', () => reportedAccess(estate, parameters, matrix(), names())),
    egress: derived('egress', () => ways().map(({ row }) => row)),
    encryption: derived('encryption', () => encryptionOf(estate, names())),
    dataFlowSvg: derived('dataFlowSvg', () => dataFlowOf(estate, parameters, matrix(), ways(), names())),
    controller: parameters.controller === undefined ? 'not declared' : `${parameters.controller.name}, ${parameters.controller.contact}`,
    processingRecords: derived('processingRecords', () => processingRecordsOf(estate, parameters, matrix(), ways(), names())),
  };
  return Object.keys(broken).length === 0 ? views : { ...views, broken };
}
