import { compileDataFlow } from '../data-flow.ts';
import { errorOutput, StatesError } from '../errors.ts';
import { assertFits, inlineMapConcurrency } from '../limits.ts';
import type { State, Visit } from '../machine.ts';
import type { MapItem, Query, QueryData } from '../query.ts';
import { runConcurrently } from '../run-concurrently.ts';
import { runGraph } from '../run-graph.ts';
import {
  compileNumber,
  compilePathField,
  compileTemplate,
  queryData,
  type StateCompiler,
  typeError,
} from '../state-compiler.ts';

/** Map: runs its processor once for every item (specification: "Map State"), inline. */
export function compileMap(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  refuseDistributed(compiler);
  const flow = compileDataFlow(compiler, { parameters: false, result: true });
  const items = compileItems(compiler);
  const selector = compileSelector(compiler);
  const tolerance = compileTolerance(compiler);
  const concurrency = compileNumber(compiler, 'MaxConcurrency', [0, Number.MAX_SAFE_INTEGER]);
  const processor = definition.ItemProcessor ?? definition.Iterator;
  if (!processor) throw new TypeError('A Map without a processor passed validation.');
  const graph = compiler.graph(definition.Iterator ? 'Iterator' : 'ItemProcessor', processor);

  return async (visit) => {
    const input = await flow.effectiveInput(visit);
    const data = queryData(visit, { root: input });
    const all = toItems(compiler, await items(data));
    const limit = concurrency ? await concurrency(data) : 0;
    const tolerate = await tolerance(data, all.length);
    const { scope } = visit;
    // Started and succeeded, and as much of each item.
    scope.execution.countEvents(all.length * 2 + 2);
    const outputs = await runConcurrently(all.length, limit || inlineMapConcurrency, scope.signal, {
      ...(tolerate && { tolerate }),
      run: async (index, signal) => {
        const item = all[index];
        if (!item) throw new RangeError(`There is no item ${index}.`);
        const itemInput = selector ? await selector(itemData(visit, input, item)) : item.Value;
        assertFits(itemInput, `input of item ${index} of state '${visit.state}'`);
        return runGraph(graph, itemInput, {
          ...scope,
          signal,
          item,
          path: [...scope.path, visit.state, String(index)],
        });
      },
    });
    return flow.finish(visit, outputs);
  };
}

function refuseDistributed(compiler: StateCompiler): void {
  const { definition } = compiler;
  if (definition.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED') {
    compiler.problem('ItemProcessor/ProcessorConfig', 'Express workflows run Maps inline only.');
  }
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter'] as const) {
    if (definition[field] !== undefined) {
      compiler.problem(
        field,
        `${field} belongs to distributed Maps; Express runs them inline only.`,
      );
    }
  }
}

function compileItems(compiler: StateCompiler): Query {
  const { definition, language } = compiler;
  if (language === 'JSONata') {
    return definition.Items === undefined
      ? (data) => data.states.input
      : compileTemplate(compiler, 'Items', definition.Items);
  }
  return compilePathField(compiler, 'ItemsPath', definition.ItemsPath ?? '$');
}

/** `Parameters` is the old name of `ItemSelector`. */
function compileSelector(compiler: StateCompiler): Query | undefined {
  const { ItemSelector, Parameters } = compiler.definition;
  if (ItemSelector !== undefined) return compileTemplate(compiler, 'ItemSelector', ItemSelector);
  if (Parameters !== undefined) return compileTemplate(compiler, 'Parameters', Parameters);
  return undefined;
}

/**
 * Returns the items of an array: AWS's inline Map takes nothing else (recorded), though the specification has objects
 * in JSONata.
 */
function toItems(compiler: StateCompiler, value: unknown): MapItem[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ Index: index, Value: item }));
  const { Items } = compiler.definition;
  const kind = value === null ? 'null' : typeof value;
  throw typeError(
    compiler,
    typeof Items === 'string'
      ? `The JSONata expression '${Items.slice(2, -2).trim()}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${kind}' for value: ${JSON.stringify(value)}`
      : `Map state input must be an array but was: ${JSON.stringify(value)}`,
  );
}

function itemData(visit: Visit, root: unknown, item: MapItem): QueryData {
  const context = { ...visit.context, Map: { Item: item } };
  return queryData({ ...visit, context }, { root });
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
