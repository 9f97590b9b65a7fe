/** Servers that the tests run against besides their own, where the environment names them. */

/** CHORUS_TEST_POSTGRES_URL: a PostgreSQL in which databases may be created and dropped. */
export function testPostgresUrl(): string | undefined {
  return process.env['CHORUS_TEST_POSTGRES_URL'] || undefined;
}

/** CHORUS_TEST_REDIS_URL: a Redis or Valkey without a database number; databases 9 and 10 are emptied. */
export function testRedisUrl(): string | undefined {
  return process.env['CHORUS_TEST_REDIS_URL'] || undefined;
}
