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

/** All that the report derives from the templates beside the verdicts. The same estate and parameters give the same views. Never throws. */
export function reportViews(estate: Estate, parameters: Parameters): Required<ReportViews> {
  const names = namesOf(estate);
  const matrix = accessMatrix(estate, parameters);
  const ways = egressOf(estate, parameters, names);
  return {
    accessMatrix: reportedAccess(estate, parameters, matrix, names),
    egress: ways.map(({ row }) => row),
    encryption: encryptionOf(estate, names),
    dataFlowSvg: dataFlowOf(estate, parameters, matrix, ways, names),
    processingRecords: processingRecordsOf(estate, parameters, matrix, ways, names),
  };
}
