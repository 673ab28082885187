import type { TableDeclaration } from '../../../../local/aws/index.ts';

/** A table with string keys pk and sk. */
export const tableNamed = (tableName: string, more: Partial<TableDeclaration> = {}): TableDeclaration => ({
  tableName,
  keySchema: [
    { attributeName: 'pk', keyType: 'HASH' },
    { attributeName: 'sk', keyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { attributeName: 'pk', attributeType: 'S' },
    { attributeName: 'sk', attributeType: 'S' },
  ],
  ...more,
});
