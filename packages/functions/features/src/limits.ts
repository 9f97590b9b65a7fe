/** The limits of the parts of an answer, in milliseconds. */
export interface Limits {
  /** To connect to the cache and hear from it; TLS, which takes its time on a third of a processor, may take 600 more. */
  readonly cacheConnectMs: number;
  /** For the cache's answer. A healthy one needs less than one. */
  readonly cacheAnswerMs: number;
  /** To get a connection to the database, and again for its answer. */
  readonly databaseMs: number;
  /** To wait for another environment that asks the database for the same cell. */
  readonly claimedMs: number;
}

/** With a cache and a database that both hang, an answer, "unavailable", takes 0.8 + 0.15 + 2 + 2 seconds at most. */
export const defaultLimits: Limits = {
  cacheConnectMs: 200,
  cacheAnswerMs: 150,
  databaseMs: 2_000,
  claimedMs: 2_000,
};
