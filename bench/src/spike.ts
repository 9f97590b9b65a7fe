import { join } from 'node:path';
import { signHeaders } from '@chorus/emulator-aws/testing';
import { migrate } from '@chorus/features';
import { openFeatureStore } from '@chorus/local';
import autocannon from 'autocannon';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { MeasurementError } from './errors.ts';
import { quantile } from './measure/quantile.ts';
import type { Section } from './report/section.ts';
import { type LocalCloud, startLocalCloud } from './serve/server.ts';
import { countQueries, type QueryCounter } from './spike/query-counter.ts';

const title = 'Spike: many requests about few places';
const places = 50;
const requests = 2_000;
const connections = 200;
/**
 * The most connections that the blueprint promises the database: environments of the function times connections of
 * each.
 */
const connectionBound = 20;

/** An event of the function `features` for each place, all in cells of their own. */
const events = Array.from({ length: places }, (_, place) =>
  JSON.stringify({ lat: 5 * (place % 10), lon: 20 * Math.floor(place / 10) }),
);

/** One invocation as it is sent. */
interface Signed {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** Signs the invocations once; a signature holds for a quarter of an hour. */
async function signEvents({ url, credentials }: LocalCloud, path: string): Promise<Signed[]> {
  const signing = { url: url + path, method: 'POST', service: 'lambda', credentials } as const;
  return Promise.all(
    events.map(async (body) => {
      const { host: _, ...headers } = await signHeaders({ ...signing, body });
      return { body, headers };
    }),
  );
}

/** The results of one spike. */
interface Spike {
  readonly latencies: readonly number[];
  readonly seconds: number;
  /** Answered with another status than 200, throttled ones for the most part. */
  readonly refused: number;
  readonly queries: number;
}

/** Invokes the function once per request, on all connections at once, place after place. */
async function spike(cloud: LocalCloud, counter: QueryCounter): Promise<Spike> {
  const path = '/2015-03-31/functions/chorus-features:live/invocations';
  const signed = await signEvents(cloud, path);
  const rotated = (first: number) => [
    ...signed.slice(first % places),
    ...signed.slice(0, first % places),
  ];
  const before = counter.queries();
  const latencies: number[] = [];
  let next = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url: cloud.url + path,
        method: 'POST',
        requests: rotated(0),
        // Every connection goes through the places from another one on.
        setupClient: (client) => client.setRequests(rotated(next++)),
        connections,
        amount: requests,
        timeout: 60,
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
    running.on('response', (_client, status, _bytes, ms: number) => {
      if (status === 200) latencies.push(ms);
    });
  });
  if (result.errors > 0 || latencies.length === 0)
    throw new MeasurementError(`${latencies.length} answers, ${result.errors} errors`);
  return {
    latencies,
    seconds: result.duration,
    refused: result.non2xx,
    queries: counter.queries() - before,
  };
}

function row(name: string, { latencies, seconds, refused, queries }: Spike) {
  return [
    name,
    quantile(latencies, 0.5),
    quantile(latencies, 0.99),
    requests / seconds,
    String(queries),
    String(refused),
  ];
}

async function run({ directory, progress }: BenchContext): Promise<Section> {
  progress('spike: starting a database and the local cloud');
  const store = await openFeatureStore({
    servers: {},
    directory: join(directory, 'spike'),
    compileCache: join(directory, 'compile-cache'),
    hostAddress: '127.0.0.1',
    migrate,
    report: progress,
  });
  try {
    await store.ready;
    const counter = await countQueries(store.here.databaseUrl);
    const cloud = await startLocalCloud(directory, {
      FEATURES_DATABASE_URL: counter.url,
      // All at once is what is measured.
      CHORUS_IN_FLIGHT: String(connections),
    });
    try {
      progress('spike: nothing is warm');
      const cold = await spike(cloud, counter);
      progress('spike: everything is cached');
      const warm = await spike(cloud, counter);
      return {
        title,
        method: `${requests} invocations of the function \`features\` about ${places} places on ${connections} connections at once, through the local cloud's Lambda API, which lets events wait where Lambda would throttle them: first with no process started and an empty cache, then again. Queries and connections are counted by a proxy before PostgreSQL.`,
        table: {
          columns: ['spike', 'p50 ms', 'p99 ms', 'requests/s', 'queries', 'throttled'],
          rows: [row('cold', cold), row('cached', warm)],
        },
        targets: [
          {
            what: `queries of the cold spike over ${places} places`,
            measured: cold.queries,
            bound: 'at most',
            limit: places,
          },
          {
            what: 'connections to the database at once',
            measured: counter.mostConnections(),
            bound: 'at most',
            limit: connectionBound,
          },
        ],
        notes: [],
      };
    } finally {
      await cloud.stop();
      await counter.close();
    }
  } finally {
    await store.close();
  }
}

/** The cost of a spike over few places for the database. */
export const spikes: Benchmark = { name: 'spike', title, run };
