import { clusters } from './commands/cluster.ts';
import type { Call, CommandSpec, CommandTable, Session } from './commands/command.ts';
import { connection } from './commands/connection.ts';
import { keys } from './commands/keys.ts';
import { server } from './commands/server.ts';
import { strings } from './commands/strings.ts';
import type { Keyspace } from './keyspace.ts';
import type { Command } from './parse-commands.ts';
import { type Reply, ReplyError } from './replies.ts';

const table: ReadonlyMap<string, CommandSpec> = new Map(
  Object.entries({
    ...connection,
    ...strings,
    ...keys,
    ...server,
    ...clusters,
  } satisfies CommandTable),
);

/** Commands that a connection may send before it has given the password. */
const open: ReadonlySet<string> = new Set(['auth', 'hello', 'quit']);

/** Commands that a replica refuses (Redis, "COMMAND", the flag `write`). */
const writes: ReadonlySet<string> = new Set([
  ...Object.keys(strings).filter((name) => !['get', 'mget', 'strlen'].includes(name)),
  ...['del', 'unlink', 'expire', 'pexpire', 'expireat', 'pexpireat', 'persist'],
  ...['flushall', 'flushdb'],
]);

const wrongArguments = (name: string): ReplyError =>
  new ReplyError(`ERR wrong number of arguments for '${name}' command`);

function find(name: string, { 0: word, length }: Command, given: readonly Buffer[]): CommandSpec {
  const spec = table.get(name);
  if (spec === undefined) {
    const beginning = given.map((each) => `'${each.toString().slice(0, 128)}' `).join('');
    throw new ReplyError(
      `ERR unknown command '${word?.toString().slice(0, 128)}', with args beginning with: ${beginning.slice(0, 128)}`,
    );
  }
  if (spec.arity > 0 ? length !== spec.arity : length < -spec.arity) throw wrongArguments(name);
  return spec;
}

/** Does the commands of one connection, one by one, or between MULTI and EXEC all at once. */
export function createDispatch(
  keyspace: Keyspace,
  session: Session,
  sessions: ReadonlySet<Session>,
): (command: Command) => Reply {
  let queued: (() => Reply)[] | undefined;
  let spoilt = false;

  function guarded(run: () => Reply): Reply {
    try {
      return run();
    } catch (error) {
      if (error instanceof ReplyError) return error;
      // A bug of the cache is one answer, not the end of the local cloud.
      console.error(error);
      return new ReplyError(
        'ERR internal error of the embedded cache; see the output of the local cloud',
      );
    }
  }

  /** MULTI, EXEC and DISCARD; nothing for other commands. */
  function transaction(name: string): Reply | undefined {
    if (name === 'multi') {
      if (queued !== undefined) throw new ReplyError('ERR MULTI calls can not be nested');
      queued = [];
      spoilt = false;
      return 'OK';
    }
    if (name !== 'exec' && name !== 'discard') return undefined;
    if (queued === undefined) throw new ReplyError(`ERR ${name.toUpperCase()} without MULTI`);
    const commands = queued;
    queued = undefined;
    if (name === 'discard') return 'OK';
    if (spoilt) throw new ReplyError('EXECABORT Transaction discarded because of previous errors.');
    return commands.map(guarded);
  }

  function answer(command: Command): Reply {
    const [word, ...given] = command;
    const name = word?.toString().toLowerCase() ?? '';
    if (!session.isAuthenticated && !open.has(name))
      throw new ReplyError('NOAUTH Authentication required.');
    const own = transaction(name);
    if (own !== undefined) return own;
    const call: Call = { keyspace, session, sessions, given };
    try {
      const spec = find(name, command, given);
      if (session.isOfReplica && writes.has(name))
        throw new ReplyError("READONLY You can't write against a read only replica.");
      if (queued === undefined || name === 'quit') return spec.run(call);
      // The arguments lie in memory that the socket's next bytes do not touch.
      queued.push(() => spec.run(call));
      return 'QUEUED';
    } catch (error) {
      spoilt = true;
      throw error;
    }
  }

  return (command) => guarded(() => answer(command));
}
