import { integerOf, syntaxError, wordOf } from '../arguments.ts';
import { type Reply, ReplyError, text } from '../replies.ts';
import type { Call, CommandTable, Session } from './command.ts';
import { redisVersion } from './server.ts';

/** Nobody has a password here; only the user everybody is can be asked for, with any. */
function authenticate(user: Buffer | undefined, password: Buffer | undefined): void {
  if (password === undefined)
    throw new ReplyError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  if (user?.toString() !== 'default')
    throw new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');
}

function greet({ session, given: [version, ...options] }: Call): Reply {
  const protocol = version === undefined ? session.version : Number(version);
  if (protocol !== 2 && protocol !== 3)
    throw new ReplyError('NOPROTO unsupported protocol version');
  for (let index = 0; index < options.length; ) {
    const word = wordOf(options[index]);
    const [first, second] = options.slice(index + 1);
    if (word === 'AUTH' && second !== undefined) {
      authenticate(first, second);
      index += 3;
    } else if (word === 'SETNAME' && first !== undefined) {
      session.clientName = first.toString();
      index += 2;
    } else throw new ReplyError(`ERR Syntax error in HELLO option '${options[index]}'`);
  }
  session.version = protocol;
  return new Map<string, Reply>([
    ['server', text('redis')],
    ['version', text(redisVersion)],
    ['proto', protocol],
    ['id', session.id],
    ['mode', text('standalone')],
    ['role', text('master')],
    ['modules', []],
  ]);
}

const describe = ({ id, clientName, version }: Session): string =>
  `id=${id} name=${clientName} db=0 resp=${version}`;

function client({ session, sessions, given: [command, first, ...more] }: Call): Reply {
  switch (wordOf(command)) {
    case 'ID':
      return session.id;
    case 'GETNAME':
      return session.clientName === '' ? null : text(session.clientName);
    case 'SETNAME':
      if (first === undefined || more.length > 0) throw syntaxError();
      if (/[^!-~]/.test(first.toString()))
        throw new ReplyError(
          'ERR Client names cannot contain spaces, newlines or special characters.',
        );
      session.clientName = first.toString();
      return 'OK';
    case 'SETINFO':
    case 'NO-EVICT':
    case 'NO-TOUCH':
      return 'OK';
    case 'INFO':
      return text(`${describe(session)}\n`);
    case 'LIST':
      return text([...sessions].map((each) => `${describe(each)}\n`).join(''));
    default:
      throw new ReplyError(`ERR unknown subcommand '${command}'. Try CLIENT HELP.`);
  }
}

/** What a connection says about itself. */
export const connection: CommandTable = {
  ping: {
    arity: -1,
    run({ given: [message, ...more] }) {
      if (more.length > 0) throw new ReplyError("ERR wrong number of arguments for 'ping' command");
      return message ?? 'PONG';
    },
  },
  echo: { arity: 2, run: ({ given: [message] }) => message ?? null },
  hello: { arity: -1, run: greet },
  auth: {
    arity: -2,
    run({ given: [first, second] }) {
      authenticate(first, second);
      return 'OK';
    },
  },
  select: {
    arity: 2,
    run({ given: [index] }) {
      if (integerOf(index) !== 0n) throw new ReplyError('ERR DB index is out of range');
      return 'OK';
    },
  },
  client: { arity: -2, run: client },
  readonly: { arity: 1, run: () => 'OK' },
  readwrite: { arity: 1, run: () => 'OK' },
  quit: {
    arity: -1,
    run({ session }) {
      session.isLeaving = true;
      return 'OK';
    },
  },
};
