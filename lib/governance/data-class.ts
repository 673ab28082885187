import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Class of data that a resource holds. A store is personal unless it is tagged otherwise. */
export type DataClass = 'conversation-content' | 'key-material' | 'operational' | 'audit' | 'public';

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

/** Tags a store with its declaration. Values use only characters that every service allows in tags. */
export function declareData(scope: IConstruct, declaration: DataDeclaration): void {
  const tags = Tags.of(scope);
  tags.add('data-class', declaration.dataClass);
  tags.add('purpose', declaration.purpose);
  tags.add('legal-basis', declaration.legalBasis);
  tags.add('retention-days', String(declaration.retentionDays));
  tags.add('data-owner', declaration.owner);
}
