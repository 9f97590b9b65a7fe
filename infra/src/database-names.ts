/** The user of the feature store's database that the functions are, by IAM; it has no password. */
export const databaseUser = 'features';

/** The only database of the feature store. */
export const databaseName = 'features';

/**
 * Returns the connections that PostgreSQL itself holds the user to. Twice as many as all functions together open: in a
 * deployment, the environments of the version before keep theirs until they are idle for a minute.
 */
export function userConnections({ maxConnections }: { readonly maxConnections: number }): number {
  return 2 * maxConnections;
}
