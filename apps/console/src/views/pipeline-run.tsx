import type { JSX } from 'preact';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Action } from '../parts/action.tsx';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';
import { Trials } from './pipeline-trials.tsx';

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value ?? '');

/** A figure with its 95 % interval. */
function measured(value: unknown): string {
  const { value: figure, low, high } = asRecord(value);
  return figure === undefined ? '' : `${shown(figure)} (${shown(low)} to ${shown(high)})`;
}

function Problems({ problems }: { readonly problems: readonly Value[] }): JSX.Element {
  return (
    <Table
      caption="What is wrong with the data"
      head={['Rule', 'Problem', 'Rows', 'The first ones']}
      rows={problems.map(({ rule, column, message, count, first }) => ({
        key: `${String(rule)} ${String(column)}`,
        cells: [
          String(rule),
          String(message),
          shown(count),
          asList(first)
            .map(asRecord)
            .map(({ row, value }) => `row ${shown(row)}: ${JSON.stringify(value)}`)
            .join(', '),
        ],
      }))}
    />
  );
}

function Evaluation({ models }: { readonly models: readonly Value[] }): JSX.Element {
  return (
    <Table
      caption={`RMSE on ${shown(models[0]?.['rows'])} rows that were held out, with 95 % intervals`}
      head={['Model', 'Live', 'New', 'Smaller by', 'Chosen', 'Why']}
      rows={models.map((each) => {
        const champion = asRecord(each['champion']);
        const warnings = asList(each['warnings']).map(String);
        return {
          key: String(each['model']),
          cells: [
            String(each['model']),
            champion['version'] === undefined
              ? 'none'
              : `${String(champion['version'])}: ${measured(champion['rmse'])}`,
            measured(asRecord(each['challenger'])['rmse']),
            measured(each['difference']),
            each['chosen'] === true ? 'yes' : 'no',
            [String(each['reason']), ...warnings].join('; '),
          ],
        };
      })}
    />
  );
}

/** One run of a pipeline: what it waits for, and its report. */
export function PipelineRun(props: {
  readonly pipeline: string;
  readonly execution: string;
}): JSX.Element {
  const { pipeline, execution } = props;
  const watched = useWatch(['pipeline', 'show', pipeline, execution]);
  const report = asRecord(watched.value);
  const validation = asRecord(report['validation']);
  const problems = asList(validation['problems']).map(asRecord);
  const evaluation = asList(report['evaluation']).map(asRecord);
  const promoted = asList(report['promoted']).map(asRecord);
  const failure = asRecord(report['failure']);
  const data = asRecord(report['data']);
  const status = String(report['status'] ?? '');
  return (
    <View title={`${pipeline} ${execution.slice(0, 8)}`}>
      <WatchState of={watched} what="the run" />
      {watched.value !== undefined && (
        <>
          <p>
            <span class={`status ${status}`}>{status}</span> {String(report['key'])}, started{' '}
            {String(report['started'])}.{' '}
            <a href={addressOf('executions', execution)}>Its execution</a>
          </p>
          <p>{String(report['summary'] ?? '')}</p>
          {status === 'waiting' && typeof report['until'] === 'string' && (
            <p class="muted">It waits until {report['until']}.</p>
          )}
          {status === 'waiting' && (
            <p class="buttons">
              <Action
                label="Approve"
                consequence="The new versions are made live."
                words={['pipeline', 'approve', pipeline, execution]}
              />
              <Action
                label="Reject"
                consequence="What is live stays. The new versions stay in the registry."
                words={['pipeline', 'reject', pipeline, execution]}
              />
            </p>
          )}
          {failure['step'] !== undefined && (
            <p class="notice warn pre">
              It failed at {String(failure['step'])}: {String(failure['error'])}:{' '}
              {String(failure['cause'])}
            </p>
          )}
          {problems.length > 0 && <Problems problems={problems} />}
          {data['trainRows'] !== undefined && (
            <p>
              {shown(data['trainRows'])} rows to learn from, {shown(data['testRows'])} held out.
            </p>
          )}
          {evaluation.length > 0 && <Evaluation models={evaluation} />}
          <Trials promoted={promoted} />
          {promoted.map(({ model, version, outcome, reasons }) => (
            <p key={String(model)}>
              <a href={addressOf('models', String(model))}>
                {String(model)} {String(version)}
              </a>{' '}
              {outcome === 'live'
                ? 'is live.'
                : `is not live: ${asList(reasons).map(String).join('; ')}`}
            </p>
          ))}
        </>
      )}
    </View>
  );
}
