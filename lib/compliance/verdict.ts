/** Every verdict that a control can get, here and in every report. */
export const VERDICTS = ['PASS', 'FAIL', 'ACCEPTED', 'UNKNOWN', 'NOT_APPLICABLE', 'MANUAL', 'ERROR'] as const;

/**
 * A verdict. `UNKNOWN`: it cannot be told from the template, which never counts as a pass. `ACCEPTED`: it fails, and a valid decision says
 * why that is tolerable. `MANUAL`: a person has to judge it. `ERROR`: the rule itself broke.
 */
export type Verdict = (typeof VERDICTS)[number];
