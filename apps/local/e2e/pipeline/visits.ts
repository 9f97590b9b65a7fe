/** Rows of customers of a shop, and whether they came back: nothing of the service's own. */

/** The columns of a customer. */
export const visitColumns: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'visits', description: '' },
  { name: 'spent', description: '' },
  { name: 'complaints', description: '' },
];

/** A file of customers: those who complain less than they visit come back, but for some. @param shift of what they spend */
export function visits(rows: number, shift = 0): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const [seen, complaints] = [row % 17, (row * 7) % 11];
    const returns = seen > complaints + shift ? 1 : 0;
    return [seen, 10 + (row % 23) * 3, complaints, row % 29 === 0 ? 1 - returns : returns].join(
      ',',
    );
  });
  return `visits,spent,complaints,returns\n${lines.join('\n')}\n`;
}
