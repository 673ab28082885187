import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Class of data that a resource holds. A store is personal unless it is tagged otherwise. */
export type DataClass = 'conversation-content' | 'key-material' | 'staff-identity' | 'operational' | 'audit' | 'public';

/** What a record of processing activities (Article 30 GDPR) needs to know of a store. */
export interface DataDeclaration {
  readonly dataClass: DataClass;
  /** Why the data is kept, in a few words. */
  readonly purpose: string;
  /** Legal basis, as named in config; `none` where nothing personal is held. */
  readonly legalBasis: string;
  /** Days until the data is gone. */
  readonly retentionDays: number;
  /** Role that answers for it. */
  readonly owner: string;
}

/** What every service takes as the value of a tag. */
const TAG_VALUE = /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u;

/**
 * Tags a store with its declaration.
 * @throws Error for a value that AWS would refuse as a tag, in the middle of a deployment
 */
export function declareData(scope: IConstruct, declaration: DataDeclaration): void {
  const tags = {
    'data-class': declaration.dataClass,
    purpose: declaration.purpose,
    'legal-basis': declaration.legalBasis,
    'retention-days': String(declaration.retentionDays),
    'data-owner': declaration.owner,
  };
  for (const [key, value] of Object.entries(tags)) {
    if (!TAG_VALUE.test(value)) throw new Error(`The tag ${key} of ${scope.node.path} cannot be "${value}"; use at most 256 letters, digits, spaces or _ . : / = + - @ (the owner comes from responsible.owner).`);
    Tags.of(scope).add(key, value);
  }
}
