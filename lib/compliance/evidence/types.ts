import type { Verdict } from '../verdict.ts';

/** A control of a framework, as the report names it. */
export interface Control {
  /** Unique in the report: framework and rule, e.g. `GDPR-G01`, `AwsSolutions-S1`. */
  readonly id: string;
  /** Pack that it belongs to, e.g. `GDPR`, `AwsSolutions`. */
  readonly framework: string;
  readonly title: string;
  /** Articles or paragraphs. */
  readonly references: readonly string[];
  readonly info: string;
  readonly explanation: string;
  /** Version of the rule: our own number, or that of the stock pack. */
  readonly version: string;
}

/** Where an outcome was found. */
export interface Place {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Construct path, or the logical id. */
  readonly path: string;
}

/** What a person who judges a control by hand leaves: it is shown, and changes no verdict. */
export interface Slot {
  /** Where the evidence is, e.g. a document's name or address. @default - there is none yet */
  readonly evidence?: string;
  /** Role that brings it. */
  readonly owner: string;
  /** Day by which it is brought, or looked at again, `YYYY-MM-DD`. */
  readonly due: string;
}

/** What a control gave for one resource, or for the estate as a whole. */
export interface Outcome {
  /** {@link Control.id}. */
  readonly control: string;
  readonly verdict: Verdict;
  /** @default - the estate as a whole */
  readonly place?: Place;
  /** Tells findings of one control on one resource apart. @default - there is one */
  readonly part?: string;
  readonly property?: string;
  readonly actual?: string;
  readonly expected?: string;
  readonly note?: string;
  /** Id of the decision that accepts it; set exactly when the verdict is ACCEPTED. */
  readonly decision?: string;
  /** Who brings what a person has to judge, and until when; only where the verdict is MANUAL. @default - nobody is named */
  readonly slot?: Slot;
}

/** State of a decision to accept a risk. `invalid` ones accept nothing. */
export type DecisionState = 'approved' | 'proposed' | 'expired' | 'invalid' | 'unused';

/** A decision to accept findings, as the report shows it. */
export interface Decision {
  readonly id: string;
  /** Findings on constructs, one by one: `<control or stock finding id> <construct path>`. */
  readonly covers: readonly string[];
  readonly justification: string;
  readonly compensatingControl: string;
  /** Role that owns the risk. */
  readonly owner: string;
  /** Role that approves; another than the owner. */
  readonly approver: string;
  /** @default - none: the decision is proposed */
  readonly ticket?: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly state: DecisionState;
  /** Why it is invalid, with what to change. @default - nothing is wrong */
  readonly problem?: string;
}

/** A type that no rule of any pack looked at. */
export interface Unexamined {
  readonly type: string;
  readonly resources: readonly string[];
}

/** A template that was judged. */
export interface JudgedTemplate {
  readonly stack: string;
  readonly file: string;
  readonly sha256: string;
}

/** A suppression that another tool left in the template: claimed, not honoured. */
export interface Claim {
  readonly tool: string;
  readonly rule: string;
  readonly reason: string;
  readonly place: Place;
}

/** All evidence of one environment, or of one template. Every renderer takes this and nothing else. */
export interface Evidence {
  /** Environment, or name of the template. */
  readonly name: string;
  readonly release: string;
  /** Commit that was judged, hex. @default - not from a repository */
  readonly commit?: string;
  /** Time of that commit, ISO 8601: the report's only time, so that two runs give the same bytes. */
  readonly at: string;
  readonly templates: readonly JudgedTemplate[];
  readonly controls: readonly Control[];
  readonly outcomes: readonly Outcome[];
  readonly decisions: readonly Decision[];
  readonly unexamined: readonly Unexamined[];
  readonly claims: readonly Claim[];
}
