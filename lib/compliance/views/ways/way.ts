import type { Egress } from '../../report/views.ts';
import type { Resource } from '../../template/types.ts';

/** A way out as the report shows it, and what it starts from. */
export interface Way {
  /** Resource that names it. */
  readonly resource: Resource;
  readonly kind: 'host' | 'model' | 'copy';
  readonly row: Egress;
}
