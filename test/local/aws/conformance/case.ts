import type { Clients } from '../support/clients.ts';

/** One documented behaviour of AWS, as calls that any endpoint must answer alike. */
export interface Case {
  readonly name: string;
  /** Why moto is not asked: what it does instead of what AWS documents. */
  readonly motoDiffers?: string;
  readonly run: (clients: Clients) => Promise<void>;
}

/** A case that moto may answer differently, when there is a reason. */
export const caseOf = (name: string, motoDiffers: string | undefined, run: Case['run']): Case =>
  motoDiffers === undefined ? { name, run } : { name, motoDiffers, run };
