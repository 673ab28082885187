import type { Resource } from '../../template/types.ts';
import type { Value } from '../../template/value.ts';
import type { Place } from './place.ts';

/** Somebody outside whom a policy lets read. */
export interface Reader {
  /** As a reviewer reads him, e.g. `account 111122223333`. */
  readonly who: string;
  /** His account. @default - he has none, or it is not told */
  readonly account?: string;
  /** Why it is not told whether he may. @default - he may */
  readonly unsure?: string;
}

/** A way on which data leaves the estate. */
export interface WayOut {
  /** Resource whose properties name it. */
  readonly resource: Resource;
  readonly property: string;
  /** What is named there. */
  readonly value: Value;
  /** What goes there, as far as its type tells. */
  readonly data: string;
  /** Resources whose content goes there. @default - whatever the resource that names it gets hold of */
  readonly from?: readonly Resource[];
  /** Host that is reached, `<…>` for what is not literal in it. @default - none can be read */
  readonly host?: string;
  /** Set when what is reached is no host, e.g. a telephone. */
  readonly other?: string;
  /** Set when it leads to another account or region, or may. */
  readonly place?: Place;
  /** Set when it is a policy that lets others in. */
  readonly reader?: Reader;
}
