import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import { patience } from './testing/feature-store-in-test.ts';
import {
  type Scripted,
  type ScriptedPostgres,
  startScriptedPostgres,
} from './testing/scripted-postgres.ts';

let server: ScriptedPostgres;
let database: Database;

/** Opens a database whose server answers so. */
async function open(...script: readonly Scripted[]): Promise<void> {
  server = await startScriptedPostgres(script);
  database = createDatabase(server.url, patience);
}
const query = () => database.query('SELECT $1', ['x']);

afterEach(async () => {
  vi.useRealTimers();
  await database.close();
  await server.close();
});

describe('a query', () => {
  it('is answered, the next over the same connection', async () => {
    await open();
    expect([await query(), await query()]).toEqual([[{ n: '1' }], [{ n: '1' }]]);
    expect([server.taken, server.asked]).toEqual([1, 2]);
  });

  it('is ended by the server itself where it takes as long as one may', async () => {
    await open();
    await query();
    const at = server.settings.indexOf('statement_timeout');
    expect(server.settings.slice(at, at + 2)).toEqual([
      'statement_timeout',
      String(patience.databaseMs),
    ]);
  });

  it.each<[string, Scripted]>([
    ['reset by the network', 'reset'],
    ['ended by the server', 'end'],
    ['that a restart ends', { sqlState: '57P01' }],
    ['that a crash ends', { sqlState: '57P02' }],
    ['that lay idle too long', { sqlState: '57P05' }],
  ])('over a connection %s is sent again over a new one, once', async (_, fault) => {
    await open(fault);
    expect(await query()).toEqual([{ n: '1' }]);
    expect([server.taken, server.asked]).toEqual([2, 2]);
    await database.close();
    await server.close();
    await open(fault, fault);
    await expect(query()).rejects.toThrow();
    expect(server.asked).toBe(2);
    expect(await query()).toEqual([{ n: '1' }]);
  });

  it('that the server refuses is not sent again, and its connection stays', async () => {
    await open({ sqlState: '42P01' });
    await expect(query()).rejects.toMatchObject({ code: '42P01' });
    expect(await query()).toEqual([{ n: '1' }]);
    expect([server.taken, server.asked]).toEqual([1, 2]);
  });

  it('that is not answered in time is not sent again, and its connection goes', async () => {
    await open('silence');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const late = expect(query()).rejects.toThrow('the database did not answer within 20000 ms');
    await expect.poll(() => server.asked).toBe(1);
    vi.advanceTimersByTime(patience.databaseMs);
    await late;
    expect(await query()).toEqual([{ n: '1' }]);
    expect([server.taken, server.asked]).toEqual([2, 2]);
  });
});
