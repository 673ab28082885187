import type { KeySchemaElement, TableDeclaration } from '../types.ts';

/** Type of a key attribute. */
export type KeyType = 'S' | 'N' | 'B';

/** A key attribute. */
export interface KeyPart {
  readonly name: string;
  readonly type: KeyType;
}

/** The key of a table or an index. */
export interface KeyShape {
  readonly hash: KeyPart;
  readonly range: KeyPart | undefined;
}

/** An index, ready to use. */
export interface IndexShape {
  readonly name: string;
  readonly key: KeyShape;
  /** Attributes that the index carries; 'ALL' for all. Key attributes are among them. */
  readonly projected: 'ALL' | ReadonlySet<string>;
}

function keyShape(table: TableDeclaration, elements: readonly KeySchemaElement[], what: string): KeyShape {
  const part = (keyType: KeySchemaElement['keyType']): KeyPart | undefined => {
    const element = elements.find((each) => each.keyType === keyType);
    if (!element) return undefined;
    const name = element.attributeName;
    const definition = table.attributeDefinitions.find((each) => each.attributeName === name);
    if (!definition) throw new Error(`${what}: key attribute '${name}' has no attribute definition; add its type.`);
    return { name, type: definition.attributeType };
  };
  const hash = part('HASH');
  if (!hash) throw new Error(`${what} has no HASH key; its key schema must name one.`);
  return { hash, range: part('RANGE') };
}

/** The parts of a key that it has. */
export const keyParts = (key: KeyShape): readonly KeyPart[] => (key.range ? [key.hash, key.range] : [key.hash]);

/** Primary key of a declaration. @throws Error when it is incomplete */
export const primaryShape = (table: TableDeclaration): KeyShape => keyShape(table, table.keySchema, `Table '${table.tableName}'`);

/** Indexes of a declaration by name. @throws Error when one is incomplete */
export function indexShapes(table: TableDeclaration): ReadonlyMap<string, IndexShape> {
  const primary = keyParts(primaryShape(table)).map((part) => part.name);
  return new Map(
    (table.gsis ?? []).map(({ name, keySchema, projection }) => {
      const key = keyShape(table, keySchema, `Index '${name}' of table '${table.tableName}'`);
      const carried = [...primary, ...keyParts(key).map((part) => part.name), ...(projection.nonKeyAttributes ?? [])];
      return [name, { name, key, projected: projection.type === 'ALL' ? 'ALL' : new Set(carried) }] as const;
    }),
  );
}
