import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** An answer to one query: the value `1`, an error with this SQLSTATE, the end of the connection, or none at all. */
export type Scripted = 'one' | 'reset' | 'end' | 'silence' | { readonly sqlState: string };

/** A server that speaks just enough of PostgreSQL's protocol to fail as it is told. */
export interface ScriptedPostgres {
  readonly url: string;
  /** How many connections were taken. */
  readonly taken: number;
  /** The settings that the last connection began with: name and value in turns. */
  readonly settings: readonly string[];
  /** How many queries have come. */
  readonly asked: number;
  close(): Promise<void>;
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const short = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** A message: its kind, its length with the length's own four bytes, and its fields. */
function message(kind: string, ...fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat(fields);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
}

const ready = message('Z', Buffer.from('I'));
const greeting = Buffer.concat([message('R', Buffer.alloc(4)), ready]);
/** Parsed, bound, one column `n` of text, one row, done. */
const one = Buffer.concat([
  message('1'),
  message('2'),
  message('T', short(1), text('n'), Buffer.alloc(6), Buffer.from([0, 0, 0, 25]), Buffer.alloc(8)),
  message('D', short(1), Buffer.from([0, 0, 0, 1]), Buffer.from('1')),
  message('C', text('SELECT 1')),
  ready,
]);
const failure = (sqlState: string): Buffer =>
  Buffer.concat([
    message('E', text('SERROR'), text(`C${sqlState}`), text(`M${sqlState}`), Buffer.alloc(1)),
    ready,
  ]);

/** Sync: the end of a query with values. */
const sync = Buffer.from([0x53, 0, 0, 0, 4]);

/** @param script the answers to the queries, whatever connection they come over; after the last one it is `one` */
export async function startScriptedPostgres(
  script: readonly Scripted[],
): Promise<ScriptedPostgres> {
  const sockets = new Set<Socket>();
  let taken = 0;
  let settings: readonly string[] = [];
  let asked = 0;
  const server = createServer((socket) => {
    taken += 1;
    sockets.add(socket);
    let isGreeted = false;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      if (!isGreeted) {
        isGreeted = true;
        // Behind the length and the version.
        settings = chunk.subarray(8).toString().split('\0');
        socket.write(greeting);
        return;
      }
      if (!chunk.includes(sync)) return;
      const answer = script[asked] ?? 'one';
      asked += 1;
      if (answer === 'one') socket.write(one);
      else if (answer === 'reset') socket.resetAndDestroy();
      else if (answer === 'end') socket.end();
      else if (answer !== 'silence') socket.write(failure(answer.sqlState));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://u:p@127.0.0.1:${port}/d`,
    get taken() {
      return taken;
    },
    get settings() {
      return settings;
    },
    get asked() {
      return asked;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
