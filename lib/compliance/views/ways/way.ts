import type { Egress } from '../../report/views.ts';
import { platformOf } from '../../rules/processors.ts';
import type { Parameters } from '../../rules/parameters.ts';
import type { Resource } from '../../template/types.ts';

/** A way out as the report shows it, and what it starts from. */
export interface Way {
  /** Resource that names it. */
  readonly resource: Resource;
  readonly kind: 'host' | 'account' | 'model' | 'copy';
  readonly row: Egress;
  /** Resources whose content goes by it. @default - what those read that use it */
  readonly from?: readonly Resource[];
}

/** The platform as an entry of the register: its contract is evidence that article 28 asks for, not a host of the register. */
export const platformProcessor = (parameters: Parameters): string => `${platformOf(parameters)} (contract: article 28)`;
