import { compileDataFlow } from '../data-flow.ts';
import { errorOutput, StatesError } from '../errors.ts';
import type { HistoryEvent } from '../journal.ts';
import { assertFits, inlineMapConcurrency } from '../limits.ts';
import type { State } from '../machine.ts';
import type { MapItem, QueryData } from '../query.ts';
import { runGraph } from '../run-graph.ts';
import { runInside } from '../run-inside.ts';
import { compileNumber, queryData, type StateCompiler } from '../state-compiler.ts';
import { once, type Track } from '../track.ts';
import { compileDistributedMap } from './distributed-map.ts';
import { compileItems, compileSelector, isDistributed, itemData, toItems } from './map-items.ts';

/** Map: runs its processor once for every item (specification: "Map State"). */
export function compileMap(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  if (isDistributed(definition)) return compileDistributedMap(compiler);
  refuseDistributedFields(compiler);
  const flow = compileDataFlow(compiler, { parameters: false, result: true });
  const items = compileItems(compiler);
  const selector = compileSelector(compiler);
  const tolerance = compileTolerance(compiler);
  const concurrency = compileNumber(compiler, 'MaxConcurrency', [0, Number.MAX_SAFE_INTEGER]);
  const processor = definition.ItemProcessor ?? definition.Iterator;
  if (!processor) throw new TypeError('A Map without a processor passed validation.');
  const graph = compiler.graph(definition.Iterator ? 'Iterator' : 'ItemProcessor', processor);

  return async (visit) => {
    const { scope } = visit;
    const { track } = scope;
    const { input, values, limit } = await once(
      track,
      'items',
      async () => {
        const effective = await flow.effectiveInput(visit);
        const data = queryData(visit, { root: effective });
        const found = toItems(compiler, await items(data));
        return {
          input: effective,
          values: found,
          limit: concurrency ? await concurrency(data) : 0,
        };
      },
      (found) => [
        { type: 'MapStateStarted', mapStateStartedEventDetails: { length: found.values.length } },
      ],
    );
    const all = values.map((value, index): MapItem => ({ Index: index, Value: value }));
    const tolerate = await tolerance(queryData(visit, { root: input }), all.length);
    // Started and succeeded, and as much of each item.
    scope.execution.countEvents(all.length * 2 + 2);
    const atOnce = limit || inlineMapConcurrency;
    // An item that has to wait for another one follows what that ended with (recorded).
    const ends: number[] = [];
    const outputs = await runInside(visit, {
      kind: 'Map',
      count: all.length,
      limit: atOnce,
      ...(tolerate && { tolerate }),
      run: async (index, signal) => {
        const item = all[index];
        if (!item) throw new RangeError(`There is no item ${index}.`);
        const inner = { ...scope, signal, item, path: [...scope.path, visit.state, String(index)] };
        const way = track && insideOf(track, visit.state, index);
        if (way?.begun) return runGraph(graph, null, { ...inner, track: way });
        const itemInput = selector ? await selector(itemData(visit, input, item)) : item.Value;
        assertFits(itemInput, `input of item ${index} of state '${visit.state}'`);
        const before = index < atOnce ? undefined : ends.shift();
        way?.note({
          ...iterationEvent('Started', visit.state, index),
          ...(before !== undefined && { previousEventId: before }),
        });
        return runGraph(graph, itemInput, { ...inner, track: way }).finally(() => {
          if (way?.endedBy !== undefined) ends.push(way.endedBy);
        });
      },
    });
    return flow.finish(visit, outputs);
  };
}

/** The way of an item, which AWS calls an iteration. */
function insideOf(track: Track, state: string, index: number): Track {
  return track.inside(state, index, {
    succeeded: iterationEvent('Succeeded', state, index),
    failed: iterationEvent('Failed', state, index),
  });
}

function iterationEvent(
  what: 'Started' | 'Succeeded' | 'Failed',
  name: string,
  index: number,
): HistoryEvent {
  return { type: `MapIteration${what}`, [`mapIteration${what}EventDetails`]: { name, index } };
}

function refuseDistributedFields(compiler: StateCompiler): void {
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] as const) {
    if (compiler.definition[field] !== undefined) {
      compiler.problem(field, `${field} belongs to distributed Maps, and this one is inline.`);
    }
  }
}

type Tolerance = (
  data: QueryData,
  count: number,
) => Promise<((error: StatesError) => unknown) | undefined>;

/**
 * With a tolerance, an item that fails leaves its Error Output as its output until more have failed
 * than tolerated; either threshold is enough. Without one, the first failure is the Map's.
 */
function compileTolerance(compiler: StateCompiler): Tolerance {
  const most = compileNumber(compiler, 'ToleratedFailureCount', [0, Number.MAX_SAFE_INTEGER]);
  const percentage = compileNumber(compiler, 'ToleratedFailurePercentage', [0, 100]);
  if (!most && !percentage) return async () => undefined;
  return async (data, count) => {
    const mostFailed = most ? await most(data) : count;
    const mostPercent = percentage ? await percentage(data) : 100;
    let failed = 0;
    return (error) => {
      failed += 1;
      if (failed <= mostFailed && (failed / count) * 100 <= mostPercent) return errorOutput(error);
      throw new StatesError(
        'States.ExceedToleratedFailureThreshold',
        `The specified tolerated failure threshold was exceeded: ${failed} of ${count} items failed, the last with ${error.name}: ${error.message}`,
        { cause: error },
      );
    };
  };
}
