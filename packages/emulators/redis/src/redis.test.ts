import { once } from 'node:events';
import { connect } from 'node:net';
import { Cluster, Redis } from 'iovalkey';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRedis, startRedis } from './start-redis.ts';

const maxBytes = 100_000;
let cache: RunningRedis;
let client: Redis;
let clock = 1_800_000_000_000;
const port = (): number => cache.ports[0] ?? 0;

beforeAll(async () => {
  cache = await startRedis({ addresses: ['127.0.0.1'], maxBytes, now: () => clock });
  client = new Redis(port(), '127.0.0.1');
});
beforeEach(() => client.flushall());
afterAll(async () => {
  client.disconnect();
  await cache.close();
});

/** Sends a text as it is, and returns what comes back until the server ends the connection. */
async function raw(text: string): Promise<string> {
  const socket = connect(port(), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('keys', () => {
  it('are found by a pattern, also one whose range is the wrong way round', async () => {
    await client.mset('a', '1', 'c', '2', 'z', '3');
    expect((await client.keys('[c-a]')).toSorted()).toEqual(['a', 'c']);
    expect(await client.keys('[^z-a]')).toEqual([]);
    expect(await client.keys('[]')).toEqual([]);
    expect(await client.ping()).toBe('PONG');
  });
});

describe('values', () => {
  it('are the bytes that were set', async () => {
    const value = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 256));
    const key = Buffer.from([0, 13, 10, 255]);
    await client.set(key, value);
    expect((await client.getBuffer(key))?.equals(value)).toBe(true);
    expect(await client.keysBuffer('*')).toEqual([key]);
    expect(await client.get('another')).toBeNull();
  });

  it('are set only if, or only if not, they were there', async () => {
    expect(await client.set('a', '1', 'XX')).toBeNull();
    expect(await client.set('a', '1', 'NX')).toBe('OK');
    expect(await client.set('a', '2', 'NX')).toBeNull();
    expect(await client.set('a', '3', 'XX', 'GET')).toBe('1');
    expect(await client.setnx('a', '4')).toBe(0);
    expect(await client.get('a')).toBe('3');
  });

  it('come and go many at once', async () => {
    expect(await client.mset('a', '1', 'b', '2')).toBe('OK');
    expect(await client.mget('a', 'none', 'b')).toEqual(['1', null, '2']);
    expect(await client.exists('a', 'b', 'none')).toBe(2);
    expect(await client.unlink('a', 'none')).toBe(1);
    expect(await client.getdel('b')).toBe('2');
    expect(await client.dbsize()).toBe(0);
  });

  it('count', async () => {
    expect(await client.incr('n')).toBe(1);
    expect(await client.incrby('n', 41)).toBe(42);
    expect(await client.decrby('n', 2)).toBe(40);
    await client.set('n', '9223372036854775807');
    await expect(client.incr('n')).rejects.toThrow('ERR increment or decrement would overflow');
    await client.set('n', 'x');
    await expect(client.incr('n')).rejects.toThrow('ERR value is not an integer or out of range');
  });
});

describe('expiry', () => {
  it('is to the millisecond', async () => {
    await client.set('a', '1', 'PX', 1500);
    await client.setex('b', 2, '2');
    await client.set('c', '3');
    expect([await client.ttl('a'), await client.pttl('b'), await client.ttl('c')]).toEqual([
      2, 2000, -1,
    ]);
    clock += 1499;
    expect(await client.get('a')).toBe('1');
    clock += 1;
    expect([await client.get('a'), await client.ttl('a')]).toEqual([null, -2]);
    expect(await client.keys('*')).toEqual(['b', 'c']);
  });

  it('can be given, taken and kept', async () => {
    await client.set('a', '1');
    expect(await client.expire('a', 10)).toBe(1);
    expect(await client.expire('none', 10)).toBe(0);
    await client.set('a', '2', 'KEEPTTL');
    expect(await client.pttl('a')).toBe(10_000);
    expect([await client.persist('a'), await client.ttl('a')]).toEqual([1, -1]);
    await client.pexpire('a', 5);
    await client.set('a', '3');
    expect(await client.ttl('a')).toBe(-1);
    expect([await client.expire('a', -1), await client.get('a')]).toEqual([1, null]);
  });

  it('happens to keys that nobody asks for', async () => {
    for (let index = 0; index < 20; index += 1) await client.setex(`k${index}`, 1, 'x');
    clock += 1000;
    const expired = async () => /expired_keys:(\d+)/.exec(await client.info())?.[1];
    await expect.poll(async () => Number(await expired())).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['a time of nothing', ['set', 'a', '1', 'EX', '0'], "ERR invalid expire time in 'set' command"],
    ['a time before now', ['setex', 'a', '-1', '1'], "ERR invalid expire time in 'setex' command"],
    ['a time that is none', ['set', 'a', '1', 'PX', 'soon'], 'ERR value is not an integer'],
    ['two times', ['set', 'a', '1', 'EX', '1', 'PX', '1'], 'ERR syntax error'],
    ['no time', ['set', 'a', '1', 'EX'], 'ERR syntax error'],
  ])('refuses %s', async (_, [command = '', ...given], message) => {
    await expect(client.call(command, given)).rejects.toThrow(message);
  });
});

describe('memory', () => {
  it('is bounded: what was written longest ago goes', async () => {
    for (let index = 0; index < 200; index += 1) await client.set(`k${index}`, 'x'.repeat(900));
    expect(await client.get('k0')).toBeNull();
    expect(await client.get('k199')).not.toBeNull();
    const [, used] = /used_memory:(\d+)/.exec(await client.info()) ?? [];
    expect(Number(used)).toBeLessThanOrEqual(maxBytes);
    expect(Number(used)).toBeGreaterThan(maxBytes - 2000);
  });

  it('takes no value that is larger than all of it, and keeps the rest', async () => {
    await client.set('a', '1');
    await expect(client.set('b', 'x'.repeat(maxBytes))).rejects.toThrow('OOM command not allowed');
    expect(await client.get('a')).toBe('1');
  });
});

describe('the protocol', () => {
  it('does MULTI and EXEC, and none of it after a mistake', async () => {
    expect(await client.multi().set('a', '1').incr('a').get('a').exec()).toEqual([
      [null, 'OK'],
      [null, 2],
      [null, '2'],
    ]);
    expect(
      await raw(
        'MULTI\r\nSET a 9\r\nNONE\r\nEXEC\r\nGET a\r\nEXEC\r\nMULTI\r\nMULTI\r\nDISCARD\r\nQUIT\r\n',
      ),
    ).toBe(
      [
        '+OK',
        '+QUEUED',
        "-ERR unknown command 'NONE', with args beginning with: ",
        '-EXECABORT Transaction discarded because of previous errors.',
        '$1\r\n2',
        '-ERR EXEC without MULTI',
        '+OK',
        '-ERR MULTI calls can not be nested',
        '+OK',
        '+OK\r\n',
      ].join('\r\n'),
    );
  });

  it('speaks RESP 3 to who asks for it', async () => {
    const answer = await raw('HELLO 3\r\nGET none\r\nHELLO 2\r\nGET none\r\nHELLO 4\r\nQUIT\r\n');
    expect(answer).toMatch(/^%7\r\n\$6\r\nserver\r\n\$5\r\nredis/);
    expect(answer).toContain('_\r\n*14\r\n');
    expect(answer).toMatch(/\$-1\r\n-NOPROTO unsupported protocol version\r\n\+OK\r\n$/);
  });

  it('answers in order what comes at once, and ends after what makes no sense', async () => {
    expect(await raw('PING\r\n*1\r\n$4\r\nPING\r\n*1\r\nx\r\nPING\r\n')).toBe(
      "+PONG\r\n+PONG\r\n-ERR Protocol error: expected '$', got 'x'\r\n",
    );
    const all = await Promise.all(
      Array.from({ length: 5000 }, (_, index) => client.echo(`${index}`)),
    );
    expect(all).toEqual(all.map((_, index) => `${index}`));
  });

  it('refuses in the words of Redis', async () => {
    await expect(client.call('NONE', 'a', 'b')).rejects.toThrow(
      "ERR unknown command 'NONE', with args beginning with: 'a' 'b'",
    );
    await expect(client.call('GET')).rejects.toThrow(
      "ERR wrong number of arguments for 'get' command",
    );
    await expect(client.call('AUTH', 'secret')).rejects.toThrow('without any password configured');
    await expect(client.select(1)).rejects.toThrow('ERR DB index is out of range');
  });

  it('tells about its clients and itself', async () => {
    const named = new Redis(port(), '127.0.0.1', { connectionName: 'somebody' });
    expect(await named.call('CLIENT', 'GETNAME')).toBe('somebody');
    expect(await named.client('LIST')).toContain('name=somebody');
    expect(await named.config('GET', 'max*')).toEqual(['maxmemory-policy', 'allkeys-lru']);
    expect(await named.type('none')).toBe('none');
    expect(await named.quit()).toBe('OK');
  });

  it('finds keys by patterns', async () => {
    await client.mset('a:1', '', 'a:2', '', 'b:1', '', 'a[1]', '', 'a*', '');
    const found = async (pattern: string) => (await client.keys(pattern)).sort();
    expect(await found('a:?')).toEqual(['a:1', 'a:2']);
    expect(await found('[^a]:*')).toEqual(['b:1']);
    expect(await found('?:[1-1]')).toEqual(['a:1', 'b:1']);
    expect(await found('a\\[1]')).toEqual(['a[1]']);
    expect(await found('a\\*')).toEqual(['a*']);
    expect(await client.scan('0', 'MATCH', 'a:*', 'COUNT', 1)).toEqual(['0', ['a:1', 'a:2']]);
  });

  it('is a cluster of one to a cluster client', async () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port: port() }]);
    expect(await cluster.set('{place}:1', 'features', 'EX', 60)).toBe('OK');
    expect(await cluster.mget('{place}:1', '{place}:2')).toEqual(['features', null]);
    expect(await cluster.cluster('INFO')).toContain('cluster_state:ok');
    cluster.disconnect();
  });

  it('goes on when a client is gone in the middle of a command', async () => {
    const socket = connect(port(), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('*2\r\n$3\r\nGET\r\n$100\r\nhalf');
    socket.resetAndDestroy();
    expect(await client.ping()).toBe('PONG');
  });
});

describe('a failover', () => {
  it('makes replicas of open connections, and of as many more as it is told, that read and do not write', async () => {
    const open = (): Redis => new Redis(port(), '127.0.0.1', { reconnectOnError: null });
    const refusal = "READONLY You can't write against a read only replica.";
    await client.set('k', 'v');
    cache.service.failOver(1);
    const late = open();
    for (const replica of [client, late]) {
      expect(await replica.get('k')).toBe('v');
      await expect(replica.set('k', 'w')).rejects.toThrow(refusal);
      await expect(replica.incr('n')).rejects.toThrow(refusal);
      await expect(replica.del('k')).rejects.toThrow(refusal);
    }
    const primary = open();
    expect(await primary.set('k', 'w')).toBe('OK');
    expect(await late.get('k')).toBe('w');
    for (const each of [late, primary]) each.disconnect();
    client.disconnect();
    client = open();
  });
});
