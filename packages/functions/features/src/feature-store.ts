import { setTimeout as sleep } from 'node:timers/promises';
import { type Cache, createCache } from './cache.ts';
import { type CellFeatures, parseCellFeatures, readCell } from './cell-features.ts';
import { dataVersion } from './data-version.ts';
import { createDatabase, type Database } from './database.ts';
import type { FeaturesSettings } from './env.ts';
import type { Limits } from './limits.ts';

/** How long an entry is kept: the data changes with a deployment, which changes the key. */
const ttlMs = 24 * 60 * 60 * 1000;
/** How far lives differ, so that entries of one spike do not end together. */
const ttlJitter = 0.1;
/** How long an entry is kept that tells another version than its key: a deployment is under way. */
const otherVersionTtlMs = 30_000;
/** How often those look who wait for another environment to ask. */
const lookEveryMs = 10;

/** A cell's features and where they came from. */
interface Found {
  readonly features: CellFeatures;
  readonly source: 'cache' | 'database';
  /** The problem with the cache, if any. */
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
export function createFeatureStore(settings: FeaturesSettings, limits: Limits): FeatureStore {
  const cache = createCache(settings.cacheUrl, limits);
  const database = createDatabase(settings.databaseUrl, limits);
  const underWay = new Map<string, Promise<Found>>();
  return {
    find(cell) {
      const running = underWay.get(cell);
      if (running !== undefined) {
        return running;
      }
      const finding = find({ cache, database, limits }, cell).finally(() => underWay.delete(cell));
      underWay.set(cell, finding);
      return finding;
    },
    close() {
      cache.close();
      return database.close();
    },
  };
}

interface Parts {
  readonly cache: Cache;
  readonly database: Database;
  readonly limits: Limits;
}

async function find(parts: Parts, cell: string): Promise<Found> {
  const { cache, limits } = parts;
  const key = `features:${dataVersion}:${cell}`;
  // Longer than the claimant of the cell can take, with a second connection where the first one is broken.
  const claimMs = 4 * limits.databaseMs + 1_000;
  const giveUp = performance.now() + limits.claimedMs;
  let isCorrupt = false;
  for (;;) {
    const cached = await cache.get(key);
    const features = typeof cached === 'string' ? parseCellFeatures(cached) : undefined;
    if (features !== undefined) {
      return { features, source: 'cache', cacheProblem: undefined };
    }
    isCorrupt ||= typeof cached === 'string';
    const isMine = cached === undefined ? undefined : await cache.claim(`${key}:claim`, claimMs);
    // Away, or the claimant of the cell takes too long: each asks for itself, which the pool bounds.
    if (isMine !== false || performance.now() > giveUp) {
      const loaded = await load(parts, cell, key);
      return isCorrupt ? { ...loaded, cacheProblem: 'the entry was not readable' } : loaded;
    }
    await sleep(lookEveryMs * (1 + Math.random()));
  }
}

async function load({ cache, database }: Parts, cell: string, key: string): Promise<Found> {
  let features: CellFeatures;
  try {
    features = await readCell(database, cell);
  } catch (error) {
    // The next one tries at once. After a success the claim stays: a request that looked just before the entry came would
    // otherwise claim the cell anew.
    await cache.remove(`${key}:claim`);
    throw error;
  }
  await cache.set(key, JSON.stringify(features), lifeOf(features));
  return { features, source: 'database', cacheProblem: cache.problem() };
}

function lifeOf({ version }: CellFeatures): number {
  return version === dataVersion
    ? Math.round(ttlMs * (1 + ttlJitter * (2 * Math.random() - 1)))
    : otherVersionTtlMs;
}
