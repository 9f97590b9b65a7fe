/** Descriptions of tables, by name. */
export const tableSpace = 'table';

/** Attributes by which items expire, by table. */
export const expirySpace = 'expiry';

/** Transactions that are done, by their client's token. */
export const tokenSpace = 'token';

export function itemSpace(table: string): string {
  return `item/${table}`;
}

/** @param kind of the index, `Global` or `Local` */
export function indexSpace(kind: string, table: string, index: string): string {
  return `index/${kind.toLowerCase()}/${table}/${index}`;
}
