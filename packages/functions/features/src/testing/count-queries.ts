/**
 * Counts the queries that a client sent on one connection: Execute and Query messages after the startup message,
 * which has no type. After a reset of the proxy the startup message is not there.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
function countOnConnection(sent: Buffer): number {
  let at = sent[0] === 0 ? sent.readUInt32BE(0) : 0;
  let count = 0;
  while (at + 5 <= sent.length) {
    const type = String.fromCharCode(sent[at] ?? 0);
    if (type === 'E' || type === 'Q') count += 1;
    at += 1 + sent.readUInt32BE(at + 1);
  }
  return count;
}

/** Counts the queries that went through a proxy. */
export function countQueries(sent: readonly Buffer[]): number {
  return sent.reduce((sum, one) => sum + countOnConnection(one), 0);
}
