import { wordOf } from '../arguments.ts';
import { globPattern } from '../glob.ts';
import { type Reply, ReplyError, text } from '../replies.ts';
import type { Call, CommandTable } from './command.ts';

/** The version of Redis that the cache behaves like. */
export const redisVersion = '7.4.0';

function info({ keyspace, session, sessions }: Call): Reply {
  const { bytes, hits, misses, expired, evicted } = keyspace.statistics;
  return text(
    [
      '# Server',
      `redis_version:${redisVersion}`,
      'redis_mode:standalone',
      `tcp_port:${session.port}`,
      '# Clients',
      `connected_clients:${sessions.size}`,
      '# Memory',
      `used_memory:${bytes}`,
      '# Persistence',
      'loading:0',
      '# Stats',
      `keyspace_hits:${hits}`,
      `keyspace_misses:${misses}`,
      `expired_keys:${expired}`,
      `evicted_keys:${evicted}`,
      '# Replication',
      'role:master',
      '# Cluster',
      'cluster_enabled:0',
      '# Keyspace',
      `db0:keys=${keyspace.keys().length}`,
      '',
    ].join('\r\n'),
  );
}

/** Fixed, but told: clients look here whether what they rely on is so. */
const configuration = new Map<string, string>([
  ['appendonly', 'no'],
  ['databases', '1'],
  ['maxmemory-policy', 'allkeys-lru'],
  ['save', ''],
]);

function config({ given: [command, ...patterns] }: Call): Reply {
  if (wordOf(command) !== 'GET')
    throw new ReplyError(`ERR unknown subcommand '${command}'. Try CONFIG HELP.`);
  const wanted = patterns.map((pattern) => globPattern(pattern.toString().toLowerCase()));
  const found = [...configuration].filter(([name]) => wanted.some((each) => each.test(name)));
  return new Map(found.map(([name, value]) => [name, text(value)]));
}

/** Commands with which tools ask about the server. */
export const server: CommandTable = {
  info: { arity: -1, run: info },
  config: { arity: -3, run: config },
  // Clients that ask do without: redis-cli only completes fewer words.
  command: { arity: -1, run: ({ given: [command] }) => (wordOf(command) === 'COUNT' ? 0 : []) },
};
