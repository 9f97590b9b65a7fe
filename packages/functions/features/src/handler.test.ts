import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dataVersion } from './data-version.ts';
import { maxConnections } from './database.ts';
import { defaultLimits } from './limits.ts';
import { countQueries } from './testing/count-queries.ts';
import {
  type FeatureStoreInTest,
  serverPairs,
  startFeatureStore,
} from './testing/feature-store-in-test.ts';
import { landCentres } from './testing/places.ts';

const nairobi = [-1.29, 36.82] as const;
const unavailable = expect.objectContaining({ name: 'FeaturesUnavailableError', status: 503 });

describe.each(serverPairs)('the function on $postgres.name and $redis.name', (pair) => {
  let store: FeatureStoreInTest;

  beforeAll(async () => {
    store = await startFeatureStore(pair, 9);
  });
  beforeEach(() => store.renew());
  afterAll(() => store.close());

  it('tells the cell, the country and how common the animals are there', async () => {
    const environment = store.start();
    const answer = {
      cell: '837a6efffffffff',
      country: 'KE',
      abundance: {
        bear: 0,
        bird: 3,
        cat: 3,
        cow: 3,
        dog: 3,
        elephant: 2,
        giraffe: 3,
        horse: 1,
        sheep: 3,
        zebra: 3,
      },
      version: dataVersion,
    };
    expect(await environment.ask(...nairobi)).toEqual({ ...answer, source: 'database' });
    expect(await environment.ask(...nairobi)).toEqual({ ...answer, source: 'cache' });
    expect(environment.notes()).toEqual({ source: 'cache' });
  });

  it.each([
    ['Berlin', 52.52, 13.4, 'DE'],
    ['Sydney', -33.87, 151.2, 'AU'],
    ['Singapore', 1.29, 103.85, 'SG'],
    ['Malta', 35.9, 14.5, 'MT'],
    ['Malé', 4.17, 73.5, 'MV'],
    ['Funafuti', -8.52, 179.2, 'TV'],
    ['Suva', -18.14, 178.44, 'FJ'],
    ['Taveuni, east of the antimeridian', -16.8, -179.97, 'FJ'],
    ['the antimeridian itself', -16.8, 180, 'FJ'],
    ['Wrangel Island', 71.2, -179.9, 'RU'],
    ['the South Pole', -90, 0, 'AQ'],
    ['Geneva, in a cell that is mostly France', 46.2, 6.15, 'CH'],
    ['Detroit', 42.36, -83.1, 'US'],
    ['Hong Kong', 22.3, 114.17, 'HK'],
    ['Cayenne, which a map shows as France', 4.92, -52.3, 'GF'],
    ['Longyearbyen, which a map shows as Norway', 78.2, 15.6, 'SJ'],
    ['Pristina', 42.66, 21.16, 'XK'],
    ['the Atlantic', 30, -40, null],
    ['the North Pole', 90, 0, null],
  ])('knows the country of %s', async (_, lat, lon, country) => {
    expect(await store.start().ask(lat, lon)).toMatchObject({ country });
  });

  it('counts an animal as living in a cell when it does in one of its countries', async () => {
    // Victoria Falls: elephants are everywhere in Zimbabwe, giraffes in Namibia, zebras in Botswana.
    const falls = await store.start().ask(-17.92, 25.85);
    expect(falls).toMatchObject({
      country: 'ZM',
      abundance: { elephant: 3, giraffe: 3, zebra: 3 },
    });
  });

  it('remembers that there is no land', async () => {
    const environment = store.start();
    const sea = { country: null, abundance: null, version: dataVersion };
    expect(await environment.ask(30, -40)).toMatchObject({ ...sea, source: 'database' });
    expect(await environment.ask(30, -40)).toMatchObject({ ...sea, source: 'cache' });
  });

  it('refuses what is no place, and asks nobody', async () => {
    const environment = store.start();
    for (const event of [{ lat: 91, lon: 0 }, { lat: 1 }, {}, [], null, 'here']) {
      await expect(environment.send(event)).rejects.toMatchObject({ name: 'InvalidRequestError' });
    }
    expect(store.cache.taken).toBe(0);
  });

  it('connects to nothing before it must', async () => {
    const environment = store.start();
    expect(await environment.send({ chorus: 'ready' })).toEqual({ ready: true });
    expect([store.cache.taken, store.database.taken]).toEqual([0, 0]);
    await environment.ask(...nairobi);
    expect([store.cache.taken, store.database.taken]).toEqual([1, 1]);
  });

  it('brings the database up to date when it is told to', async () => {
    expect(await store.start().send({ chorus: 'migrate' })).toEqual({ applied: [], seeded: false });
  });

  it('does not answer after the deadline', async () => {
    const environment = store.start();
    const late = expect.objectContaining({ name: 'DeadlineExceededError' });
    await expect(environment.ask(...nairobi, { deadlineMs: Date.now() - 1 })).rejects.toEqual(late);
    expect([store.cache.taken, store.database.taken]).toEqual([0, 0]);
    store.database.hang();
    await expect(environment.ask(...nairobi, { deadlineMs: Date.now() + 100 })).rejects.toEqual(
      late,
    );
  });

  describe('in a spike', () => {
    it('of 200 requests for one place in four environments asks the database once', async () => {
      const environments = Array.from({ length: 4 }, () => store.start());
      const answers = await Promise.all(
        environments.flatMap((one) => Array.from({ length: 50 }, () => one.ask(...nairobi))),
      );
      expect(new Set(answers.map(({ country }) => country))).toEqual(new Set(['KE']));
      expect(countQueries(store.database.sent)).toBe(1);
    });

    /** So many requests over 50 places, 200 at a time; `halfway` happens when half of them have begun. */
    async function spike(count: number, halfway?: () => Promise<void>): Promise<string[]> {
      const environments = Array.from({ length: 4 }, () => store.start());
      const places = landCentres(50);
      const outcomes: string[] = [];
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let index = next++; index < count; index = next++) {
          if (index === count / 2) await halfway?.();
          const [lat, lon] = places[index % places.length] ?? [0, 0];
          const asking = environments[index % environments.length]?.ask(lat, lon);
          outcomes[index] = await Promise.resolve(asking).then(
            (answer) => answer?.source ?? '',
            (error: Error) => error.name,
          );
        }
      };
      await Promise.all(Array.from({ length: 200 }, worker));
      return outcomes;
    }

    it('of 2,000 requests over 50 places asks the database once for each, over few connections', async () => {
      const outcomes = await spike(2_000);
      expect(new Set(outcomes)).toEqual(new Set(['cache', 'database']));
      expect(countQueries(store.database.sent)).toBe(50);
      expect(store.database.mostOpen).toBeLessThanOrEqual(4 * maxConnections);
    });

    it('answers all requests when the cache dies in the midst of it', async () => {
      const outcomes = await spike(2_000, store.cache.kill);
      expect(new Set(outcomes)).toEqual(new Set(['cache', 'database']));
      expect(outcomes.at(-1)).toBe('database');
      expect(store.database.mostOpen).toBeLessThanOrEqual(4 * maxConnections);
    });

    it('answers all requests for what is cached when the database dies in the midst of it', async () => {
      await spike(50);
      const outcomes = await spike(2_000, store.database.kill);
      expect(new Set(outcomes)).toEqual(new Set(['cache']));
    });
  });

  describe('without the cache', () => {
    const askMany = async (count: number): Promise<readonly string[]> => {
      const environment = store.start();
      const answers: string[] = [];
      for (const [lat, lon] of landCentres(count)) {
        if (answers.length === count / 2) await store.cache.kill();
        answers.push((await environment.ask(lat, lon)).source);
      }
      return answers;
    };

    it('goes on when it is killed, and uses it again when it is back', async () => {
      expect(await askMany(40)).toEqual(Array.from({ length: 40 }, () => 'database'));
      const environment = store.start();
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'database' });
      expect(environment.notes()).toMatchObject({ cacheProblem: 'ECONNREFUSED' });
      await store.cache.heal();
      const source = async () => (await environment.ask(...nairobi)).source;
      await expect.poll(source).toBe('cache');
    });

    it('asks each place once per environment at a time', async () => {
      await store.cache.kill();
      const environment = store.start();
      await Promise.all(Array.from({ length: 50 }, () => environment.ask(...nairobi)));
      expect(countQueries(store.database.sent)).toBe(1);
    });

    it('waits for one that hangs once, and leaves it alone for a while', async () => {
      const environment = store.start(defaultLimits);
      store.cache.hang();
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'database' });
      expect(environment.notes()['cacheProblem']).toMatch(/^no (?:connection|answer) within/);
      const connections = store.cache.taken;
      await Promise.all(landCentres(20).map(([lat, lon]) => environment.ask(lat, lon)));
      expect(store.cache.taken).toBe(connections);
    });

    it('takes one that talks nonsense for one that is away', async () => {
      const environment = store.start();
      await environment.ask(...nairobi);
      store.cache.babble('HTTP/1.1 400 Bad Request\r\n\r\n');
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'database' });
      expect(environment.notes()).toHaveProperty('cacheProblem');
    });

    it('does not notice that an idle connection was closed', async () => {
      const environment = store.start();
      await environment.ask(...nairobi);
      store.cache.breakConnections();
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'cache' });
    });
  });

  describe('with an entry in the cache', () => {
    const key = `features:${dataVersion}:837a6efffffffff`;

    it.each([
      'not JSON',
      '{}',
      '{"version":1,"countries":null,"abundance":null}',
      '{"version":"1","countries":{"KE":-1},"abundance":{}}',
    ])('that reads %s asks the database, and overwrites it', async (value) => {
      await store.redis.set(key, value);
      const environment = store.start();
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'database' });
      expect(environment.notes()).toMatchObject({ cacheProblem: 'the entry was not readable' });
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'cache', country: 'KE' });
    });

    it.each([
      [0, 21.6],
      [0.5, 24],
      [1, 26.4],
    ])('keeps it for a day, more or less: drawn %d, %d hours', async (drawn, hours) => {
      const random = vi.spyOn(Math, 'random').mockReturnValue(drawn);
      await store.start().ask(...nairobi);
      random.mockRestore();
      // What has passed since is far less than the tenths of a day that were drawn.
      expect(Math.abs((await store.redis.pttl(key)) / 3_600_000 - hours)).toBeLessThan(0.5);
    });

    it('keeps it for half a minute while the database has other data than the function expects', async () => {
      await store.sql.query(`UPDATE feature_version SET version = 'next'`);
      try {
        expect(await store.start().ask(...nairobi)).toMatchObject({ version: 'next' });
        expect(await store.redis.pttl(key)).toBeLessThanOrEqual(30_000);
      } finally {
        await store.sql.query('UPDATE feature_version SET version = $1', [dataVersion]);
      }
    });

    it('takes over from an environment that died while it asked', async () => {
      await store.redis.set(`${key}:claim`, '1', 'PX', 300);
      expect(await store.start().ask(...nairobi)).toMatchObject({ source: 'database' });
      expect(countQueries(store.database.sent)).toBe(1);
    });

    it('waits two seconds at most for another environment', async () => {
      await store.redis.set(`${key}:claim`, '1', 'PX', 600_000);
      const started = performance.now();
      expect(await store.start(defaultLimits).ask(...nairobi)).toMatchObject({
        source: 'database',
      });
      const waited = performance.now() - started;
      expect(waited).toBeGreaterThan(1_900);
      // It looks every ten milliseconds, not all the time.
      const looks =
        Buffer.concat(store.cache.sent)
          .toString()
          .match(/\r\nget\r\n/g) ?? [];
      expect(looks.length).toBeLessThan(waited / 8);
    });
  });

  describe('without the database', () => {
    it('answers what is cached, refuses the rest, and recovers', async () => {
      const environment = store.start();
      await environment.ask(...nairobi);
      await store.database.kill();
      expect(await environment.ask(...nairobi)).toMatchObject({ source: 'cache', country: 'KE' });
      await expect(environment.ask(52.52, 13.4)).rejects.toEqual(unavailable);
      await expect(store.start().ask(52.52, 13.4)).rejects.toEqual(unavailable);
      await store.database.heal();
      const country = () => environment.ask(52.52, 13.4).then((answer) => answer.country, String);
      await expect.poll(country).toBe('DE');
    });

    it('refuses all of 100 requests for one place, and asks for it once when it is back', async () => {
      await store.database.kill();
      const environments = Array.from({ length: 4 }, () => store.start());
      const all = () =>
        Promise.allSettled(
          environments.flatMap((one) => Array.from({ length: 25 }, () => one.ask(...nairobi))),
        );
      const refused = await all();
      expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
      await store.database.heal();
      await expect
        .poll(async () => (await all()).every(({ status }) => status === 'fulfilled'))
        .toBe(true);
    });

    it('does not wait for one that hangs forever', async () => {
      const environment = store.start(defaultLimits);
      store.database.hang();
      await expect(environment.ask(...nairobi)).rejects.toEqual(unavailable);
    });

    it('does not notice that idle connections were closed', async () => {
      const environment = store.start();
      await environment.ask(...nairobi);
      store.database.breakConnections();
      expect(await environment.ask(52.52, 13.4)).toMatchObject({ country: 'DE' });
    });

    it('says that there is no data rather than no land, and caches nothing', async () => {
      await store.sql.query('DELETE FROM feature_version');
      try {
        await expect(store.start().ask(...nairobi)).rejects.toThrow('the feature store is empty');
      } finally {
        await store.sql.query('INSERT INTO feature_version (version) VALUES ($1)', [dataVersion]);
      }
      expect(await store.start().ask(...nairobi)).toMatchObject({ country: 'KE' });
    });
  });
});
