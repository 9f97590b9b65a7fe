import { createHash, randomUUID } from 'node:crypto';
import { compileDataFlow } from '../data-flow.ts';
import { StatesError } from '../errors.ts';
import type { HistoryEvent } from '../journal.ts';
import type { State } from '../machine.ts';
import type { MapRunSetup } from '../map-run.ts';
import { compileNumber, queryData, type StateCompiler } from '../state-compiler.ts';
import { once } from '../track.ts';
import { compileBatcher, compileSource, compileWriter } from './distributed-fields.ts';
import { compileSelector, itemData } from './map-items.ts';

/** What a label may be (developer guide: "Label"). */
const label = /^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]{1,40}$/u;

/** Returns the state's label: its own, or one made of its name. */
function labelOf({ name, definition, problem }: StateCompiler): string {
  const given = definition.Label;
  if (given !== undefined && !label.test(given))
    problem(
      'Label',
      'A label has 1 to 40 characters, none of them space, control or one of ?*<>{}[]:;,\\|^~$#%&`".',
    );
  if (given !== undefined) return given;
  return label.test(name) ? name : createHash('sha256').update(name).digest('hex').slice(0, 16);
}

function startedEvents({ arn, items }: MapRunSetup): HistoryEvent[] {
  const length = 'values' in items ? items.values.length : 0;
  return [
    { type: 'MapStateStarted', mapStateStartedEventDetails: { length } },
    { type: 'MapRunStarted', mapRunStartedEventDetails: { mapRunArn: arn } },
  ];
}

/**
 * Map in distributed mode: each item, or batch of them, is an execution of its own, which `options.runMap` starts. A restart
 * and a redrive go on with the same Map Run (developer guide: "Distributed mode").
 */
export function compileDistributedMap(compiler: StateCompiler): State['run'] {
  const { definition } = compiler;
  const processor = definition.ItemProcessor;
  if (!processor) throw new TypeError('A distributed Map without a processor.');
  if (compiler.type === 'EXPRESS')
    compiler.problem(
      'ItemProcessor/ProcessorConfig',
      'Express workflows have no distributed Maps: they run inline only.',
    );
  const flow = compileDataFlow(compiler, { parameters: false, result: true });
  const source = compileSource(compiler);
  const selector = compileSelector(compiler);
  const batcher = compileBatcher(compiler);
  const writer = compileWriter(compiler);
  const concurrency = compileNumber(compiler, 'MaxConcurrency', [0, Number.MAX_SAFE_INTEGER]);
  const count = compileNumber(compiler, 'ToleratedFailureCount', [0, Number.MAX_SAFE_INTEGER]);
  const percentage = compileNumber(compiler, 'ToleratedFailurePercentage', [0, 100]);
  const type = processor.ProcessorConfig?.ExecutionType ?? 'STANDARD';
  const machine = compiler.machine('ItemProcessor', processor, type);
  const mapLabel = labelOf(compiler);

  return async (visit) => {
    const { scope } = visit;
    const { track, execution, signal } = scope;
    const { options, context } = execution;
    const { runMap } = options;
    if (!track || !runMap)
      throw new StatesError('States.Runtime', 'Distributed Maps are not done here.');
    const redrives = options.redrive?.count ?? 0;
    const prefix = context.StateMachine.Id.replace(':stateMachine:', ':mapRun:');

    const setup = await once(
      track,
      'mapRun',
      async (): Promise<MapRunSetup> => {
        const input = await flow.effectiveInput(visit);
        const data = queryData(visit, { root: input });
        return {
          arn: `${prefix}/${mapLabel}:${randomUUID()}`,
          label: mapLabel,
          redrives,
          input,
          items: await source(data),
          ...(batcher && { batches: await batcher(data) }),
          ...(writer && { results: await writer(data) }),
          maxConcurrency: concurrency ? await concurrency(data) : 0,
          ...(count && { toleratedCount: await count(data) }),
          ...(percentage && { toleratedPercentage: await percentage(data) }),
        };
      },
      startedEvents,
    );
    // Started, and its run; ended, and its run.
    execution.countEvents(4);
    const { input, redrives: before, ...request } = setup;
    const redriveCount = redrives - before;
    if (redriveCount > 0 && track.kept('redriven') !== redriveCount) {
      const details = { mapRunArn: setup.arn, redriveCount };
      track.keep('redriven', redriveCount, [
        { type: 'MapRunRedriven', mapRunRedrivenEventDetails: details },
      ]);
    }
    let result: unknown;
    try {
      result = await runMap({
        ...request,
        executionArn: context.Execution.Id,
        processor: { name: `${context.StateMachine.Name}/${mapLabel}`, type, definition: machine },
        redrives: redriveCount,
        signal,
        select(item, index) {
          return selector ? selector(itemData(visit, input, { Index: index, Value: item })) : item;
        },
      });
    } catch (thrown) {
      if (!signal.aborted && thrown instanceof StatesError) {
        const details = { error: thrown.name, ...(thrown.message && { cause: thrown.message }) };
        track.note({ type: 'MapRunFailed', mapRunFailedEventDetails: details });
        track.note({ type: 'MapStateFailed' });
      }
      throw thrown;
    }
    track.note({ type: 'MapRunSucceeded' });
    track.note({ type: 'MapStateSucceeded' });
    return flow.finish(visit, result);
  };
}
