import { createHash, timingSafeEqual } from 'node:crypto';
import { integerOf, syntaxError, wordOf } from '../arguments.ts';
import { type Reply, ReplyError, text } from '../replies.ts';
import type { Call, CommandTable, Session } from './command.ts';
import { redisVersion } from './server.ts';

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Tells, in a time that says nothing about how much of it is right, whether a password is. */
const isRight = (given: Buffer, password: string): boolean =>
  timingSafeEqual(digest(given), digest(password));

/** As in Redis with `requirepass`, there is one user: `default`. Without a password that one is let in with any. */
function authenticate(session: Session, user: Buffer | undefined, password: Buffer): void {
  const isKnown = user === undefined || user.toString() === 'default';
  const isTheirs = session.password === undefined || isRight(password, session.password);
  if (!isKnown || !isTheirs)
    throw new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');
  session.isAuthenticated = true;
}

function auth({ session, given: [first, second, ...more] }: Call): Reply {
  if (first === undefined || more.length > 0) throw syntaxError();
  if (second !== undefined) authenticate(session, first, second);
  else if (session.password !== undefined) authenticate(session, undefined, first);
  else
    throw new ReplyError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  return 'OK';
}

function greet({ session, given: [version, ...options] }: Call): Reply {
  let { clientName } = session;
  const protocol = version === undefined ? session.version : Number(version);
  if (protocol !== 2 && protocol !== 3)
    throw new ReplyError('NOPROTO unsupported protocol version');
  for (let index = 0; index < options.length; ) {
    const word = wordOf(options[index]);
    const [first, second] = options.slice(index + 1);
    if (word === 'AUTH' && second !== undefined) {
      if (first !== undefined) authenticate(session, first, second);
      index += 3;
    } else if (word === 'SETNAME' && first !== undefined) {
      clientName = first.toString();
      index += 2;
    } else throw new ReplyError(`ERR Syntax error in HELLO option '${options[index]}'`);
  }
  if (!session.isAuthenticated)
    throw new ReplyError(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  session.clientName = clientName;
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

/** Commands about a connection. */
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
  auth: { arity: -2, run: auth },
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
