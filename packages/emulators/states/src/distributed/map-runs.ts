import { type MapRunRequest, StatesError } from '@chorus/asl';
import { StatesApiError } from '../errors.ts';
import type { MapRunLimits, MapRunRecord } from '../store/map-run-records.ts';
import type { Store } from '../store/open-store.ts';
import { type ChildServices, type LiveRun, runChildren } from './run-children.ts';
import { collectResults, writeResults } from './write-results.ts';

/** The Map Runs, those that run and those that have ended. */
export interface MapRuns {
  /**
   * Runs a distributed Map to its end, from where an earlier process got to, and returns its result.
   *
   * @throws {StatesError} what the Map fails with
   */
  run(request: MapRunRequest): Promise<unknown>;
  /** @throws {StatesApiError} ResourceNotFound */
  find(arn: string): MapRunRecord;
  /** Changes the limits of a Map Run that runs. @throws {StatesApiError} ResourceNotFound, ValidationException */
  update(arn: string, limits: Partial<MapRunLimits>): void;
}

interface MapRunsOptions extends Omit<ChildServices, 'store'> {
  readonly store: Store;
}

/** Returns the results of the state when a `ResultWriter` has nothing to say. */
const asTheyAre = { config: {} };

export function createMapRuns({ store, ...services }: MapRunsOptions): MapRuns {
  const { mapRuns } = store;
  const { clock, s3, executions } = services;
  const live = new Map<string, LiveRun>();

  function find(arn: string): MapRunRecord {
    const record = mapRuns.find(arn);
    if (record === undefined)
      throw new StatesApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return record;
  }

  function open(request: MapRunRequest): MapRunRecord {
    const { arn, executionArn, processor, maxConcurrency, redrives } = request;
    const known = mapRuns.find(arn);
    if (known === undefined) {
      const { toleratedCount, toleratedPercentage } = request;
      return mapRuns.add({
        arn,
        execution: executions.find(executionArn).id,
        machine: processor.name,
        isExpress: processor.type === 'EXPRESS',
        definition: JSON.stringify(processor.definition),
        started: clock.now(),
        maxConcurrency,
        ...(toleratedCount !== undefined && { toleratedCount }),
        ...(toleratedPercentage !== undefined && { toleratedPercentage }),
      });
    }
    // One that has succeeded is not redriven: its state has failed after it.
    if (redrives <= known.redrives || known.status === 'SUCCEEDED') return known;
    mapRuns.redrive(known.id, redrives, clock.now());
    return find(arn);
  }

  /** Writes or collects the results. */
  async function resultOf(run: MapRunRecord, request: MapRunRequest): Promise<unknown> {
    const { results = asTheyAre } = request;
    const writing = { store: mapRuns, run, results };
    if (!('resource' in results)) return collectResults(writing);
    const ResultWriterDetails = await writeResults(s3, writing);
    return { MapRunArn: run.arn, ResultWriterDetails };
  }

  /** Ends a Map Run that has failed; its results are written as well, so that it shows which children failed. */
  async function endFailed(
    run: MapRunRecord,
    request: MapRunRequest,
    { name, message }: StatesError,
  ): Promise<StatesError> {
    let isWritten = false;
    let cause = message;
    if (request.results?.resource !== undefined && name !== 'States.ResultWriterFailed')
      try {
        await resultOf(run, request);
        isWritten = true;
      } catch (error) {
        if (!(error instanceof StatesError)) throw error;
        cause = `${cause}. Its results could not be written either: ${error.message}`;
      }
    if (!executions.isClosed)
      mapRuns.end(run.id, { status: 'FAILED', error: name, cause, isWritten }, clock.now());
    return new StatesError(name, cause);
  }

  return {
    find,
    async run(request) {
      const run = open(request);
      const { signal } = request;
      if (run.status === 'FAILED') throw new StatesError(run.error ?? '', run.cause ?? '');
      if (run.status === 'SUCCEEDED') return resultOf(run, request);
      const work = runChildren({ ...services, store: mapRuns }, run, request);
      live.set(run.arn, work);
      try {
        await work.ended;
        const result = await resultOf(run, request);
        signal.throwIfAborted();
        const isWritten = request.results?.resource !== undefined;
        mapRuns.end(run.id, { status: 'SUCCEEDED', isWritten }, clock.now());
        return result;
      } catch (thrown) {
        if (executions.isClosed) throw thrown;
        if (signal.aborted) {
          mapRuns.end(run.id, { status: 'ABORTED', isWritten: false }, clock.now());
          throw thrown;
        }
        if (!(thrown instanceof StatesError)) throw thrown;
        throw await endFailed(run, request, thrown);
      } finally {
        live.delete(run.arn);
      }
    },
    update(arn, limits) {
      const record = find(arn);
      if (record.status !== 'RUNNING')
        throw new StatesApiError('ValidationException', 'The Map Run is not running');
      const next = { ...record, ...limits };
      mapRuns.limit(record.id, next);
      live.get(arn)?.limit(next);
    },
  };
}
