import { setTimeout as sleep } from 'node:timers/promises';
import { type Cache, createCache } from './cache.ts';
import { type CellFeatures, parseCellFeatures, readCell } from './cell-features.ts';
import { dataVersion } from './data-version.ts';
import { createDatabase, type Database } from './database.ts';
import type { FeaturesSettings } from './env.ts';

/** How long an entry is kept: the data changes with a deployment, which changes the key. */
const ttlMs = 24 * 60 * 60 * 1000;
/** How far lives differ, so that entries of one spike do not end together. */
const ttlJitter = 0.1;
/** How long an entry is kept that tells another version than its key: a deployment is under way. */
const otherVersionTtlMs = 30_000;
/** How long one environment may ask the database for a cell on behalf of all others; longer than that may take. */
const claimMs = 5_000;
/** How long the others wait for it before they ask themselves, and how often they look. */
const waitMs = 2_000;
const lookEveryMs = 10;

/** A cell's features and where they came from. */
export interface Found {
  readonly features: CellFeatures;
  readonly source: 'cache' | 'database';
  /** What is wrong with the cache, if anything. */
  readonly cacheProblem: string | undefined;
}

/** The cache before the database. */
export interface FeatureStore {
  /** @throws FeaturesUnavailableError for a cell that is not cached while the database cannot be read. */
  find(cell: string): Promise<Found>;
  close(): Promise<void>;
}

/**
 * Cache-aside, and however many ask for a cell that is not cached, the database is asked once: those in one process share
 * a promise, of several processes the first one claims the cell in the cache while the others look for its answer.
 *
 * Opens no connection before the first `find`.
 */
export function createFeatureStore(settings: FeaturesSettings): FeatureStore {
  const cache = createCache(settings.cacheUrl);
  const database = createDatabase(settings.databaseUrl);
  const underWay = new Map<string, Promise<Found>>();
  return {
    find(cell) {
      const running = underWay.get(cell);
      if (running !== undefined) {
        return running;
      }
      const finding = find(cache, database, cell).finally(() => underWay.delete(cell));
      underWay.set(cell, finding);
      return finding;
    },
    async close() {
      cache.close();
      await database.close();
    },
  };
}

async function find(cache: Cache, database: Database, cell: string): Promise<Found> {
  const key = `features:${dataVersion}:${cell}`;
  const giveUp = performance.now() + waitMs;
  let isCorrupt = false;
  for (;;) {
    const cached = await cache.get(key);
    const features = typeof cached === 'string' ? parseCellFeatures(cached) : undefined;
    if (features !== undefined) {
      return { features, source: 'cache', cacheProblem: undefined };
    }
    isCorrupt ||= typeof cached === 'string';
    const isMine = cached === undefined ? undefined : await cache.claim(`${key}:claim`, claimMs);
    // Away, or whoever claimed the cell takes too long: each asks for itself, which the pool bounds.
    if (isMine !== false || performance.now() > giveUp) {
      return load(cache, database, cell, key, isCorrupt);
    }
    await sleep(lookEveryMs * (1 + Math.random()));
  }
}

async function load(
  cache: Cache,
  database: Database,
  cell: string,
  key: string,
  isCorrupt: boolean,
): Promise<Found> {
  let features: CellFeatures;
  try {
    features = await readCell(database, cell);
  } catch (error) {
    // The next one tries at once. After a success the claim stays: whoever looked just before the entry came would
    // otherwise claim the cell anew.
    await cache.remove(`${key}:claim`);
    throw error;
  }
  await cache.set(key, JSON.stringify(features), lifeOf(features));
  const cacheProblem = isCorrupt ? 'the entry was not readable' : cache.problem();
  return { features, source: 'database', cacheProblem };
}

function lifeOf({ version }: CellFeatures): number {
  return version === dataVersion
    ? Math.round(ttlMs * (1 + ttlJitter * (2 * Math.random() - 1)))
    : otherVersionTtlMs;
}
