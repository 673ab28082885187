/** Yes, no, or undefined where it cannot be told. */
export type Answer = boolean | undefined;

/** Whether one answer is yes; undefined when none is, and one cannot be told. */
export function anyOf(answers: readonly Answer[]): Answer {
  return answers.some((answer) => answer === true) || (answers.some((answer) => answer === undefined) ? undefined : false);
}

/** Whether no answer is no; undefined when none is, and one cannot be told. */
export function allOf(answers: readonly Answer[]): Answer {
  return answers.some((answer) => answer === false) ? false : answers.some((answer) => answer === undefined) ? undefined : true;
}

/** Verdict of an answer: what cannot be told never passes. */
export function verdictOf(answer: Answer): 'PASS' | 'FAIL' | 'UNKNOWN' {
  return answer === undefined ? 'UNKNOWN' : answer ? 'PASS' : 'FAIL';
}
