/** What a role may do with a store, from the strongest statement about content to the weakest. */
export type Access = 'read' | 'write' | 'delete' | 'decrypt' | 'administer';

/** A role of the estate. */
export interface AccessRole {
  /** Unique in the matrix: construct path or stack and logical id. */
  readonly id: string;
  /** As a reader knows it, e.g. `erase`. */
  readonly name: string;
  /** Functions, services or people that take it. @default - not told */
  readonly usedBy?: string;
  /** Whether it is no role of the templates, but another account, an organisation or anybody whom their policies admit. @default false */
  readonly outside?: boolean;
}

/** A store of the estate. */
export interface AccessStore {
  /** Unique in the matrix: construct path or stack and logical id. */
  readonly id: string;
  readonly name: string;
  /** CloudFormation type. */
  readonly type: string;
  /** What it holds, e.g. `conversations`. @default - not told */
  readonly holds?: string;
}

/** What one role may do with one store; a pair that is missing may do nothing. */
export interface AccessCell {
  /** {@link AccessRole.id}. */
  readonly role: string;
  /** {@link AccessStore.id}. */
  readonly store: string;
  readonly access: readonly Access[];
  /** Actions as the policies write them. */
  readonly actions: readonly string[];
  /** Whether a wildcard, in the action or in the resource, gives any of it. */
  readonly wildcard: boolean;
  /** Conditions that narrow it, in words. @default - none */
  readonly condition?: string;
  /** What could not be told from the template; the cell is then marked. @default - all is known */
  readonly unknown?: string;
}

/** Who can do what with which store. */
export interface AccessMatrix {
  readonly roles: readonly AccessRole[];
  readonly stores: readonly AccessStore[];
  readonly cells: readonly AccessCell[];
  /** Who can read what people wrote: the answer that the page gives first. */
  readonly readers: readonly {
    /** {@link AccessRole.id}. */
    readonly role: string;
    /** Whether it gets any of it in clear; not so where all that it reads is declared to be sealed under a key per person that it cannot use. */
    readonly clear: boolean;
    /** How, in one sentence, e.g. that it reads the table and decrypts under its key. */
    readonly how: string;
  }[];
}

/** A way by which data leaves the estate. */
export interface Egress {
  /** Construct path or logical id of what sends. */
  readonly from: string;
  /** Host, service or account that receives. */
  readonly to: string;
  /** Region or country of the receiver. @default - it cannot be told from the template */
  readonly region?: string;
  /** Whether data leaves the allowed regions. */
  readonly leaves: 'yes' | 'no' | 'unknown';
  /** What is sent, e.g. `event without text`. */
  readonly data: string;
  /** Entry in the register of processors. @default - none */
  readonly processor?: string;
  /** What protects it: redaction, TLS, signature. @default - not told */
  readonly protection?: string;
}

/** How a store is encrypted. */
export interface EncryptionRow {
  /** Construct path or logical id. */
  readonly store: string;
  readonly type: string;
  /** Key that encrypts it at rest, e.g. the key's logical id, `AWS owned`, or `none`. */
  readonly key: string;
  readonly keyKind: 'customer' | 'aws-managed' | 'aws-owned' | 'none' | 'unknown';
  /** Whether the key is rotated by itself. @default - it cannot be told, or there is none */
  readonly rotated?: boolean;
  /** Protection in transit, e.g. `TLS only, by policy`. */
  readonly inTransit: string;
}

/** An entry of the record of processing activities (Art. 30 GDPR). */
export interface ProcessingRecord {
  /** The activity, e.g. `Conversations`. */
  readonly activity: string;
  readonly purpose: string;
  readonly legalBasis: string;
  /** Categories of data. */
  readonly data: string;
  /** Stores that hold it, by construct path or logical id. */
  readonly stores: readonly string[];
  /** Categories of data subjects, e.g. `customers`. @default - not declared */
  readonly subjects?: string;
  /** E.g. `365 days`. */
  readonly retention: string;
  /** How long what is erased can still be restored, e.g. `35 days by point-in-time recovery`. @default - not told */
  readonly residual?: string;
  readonly recipients: readonly string[];
  /** Transfers to third countries; empty when there are none. */
  readonly transfers: readonly string[];
  readonly owner: string;
}

/**
 * What is derived from the templates and shown beside the verdicts. Each is optional: the page says so where one is missing. They are
 * rendered in the order in which they are given, so whoever makes them sorts them.
 */
export interface ReportViews {
  readonly accessMatrix?: AccessMatrix;
  readonly egress?: readonly Egress[];
  readonly encryption?: readonly EncryptionRow[];
  /** An SVG document by itself. It is shown as an image: no script or request in it comes to life. */
  readonly dataFlowSvg?: string;
  readonly processingRecords?: readonly ProcessingRecord[];
  /** Controller of the processing and its contact (Art. 30(1)(a) GDPR). @default - not declared */
  readonly controller?: string;
  /** Views that could not be derived because deriving them broke, by their name, and how. @default - none broke */
  readonly broken?: Readonly<Record<string, string>>;
}
