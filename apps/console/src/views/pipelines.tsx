import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

/** The runs of the training pipelines, the newest first. */
export function Pipelines(): JSX.Element {
  const watched = useWatch(['pipeline', 'list']);
  const runs = asList(watched.value).map(asRecord);
  return (
    <View title="Pipelines">
      <p class="muted">
        A file of rows under training-data/ becomes better versions of the models, or a report that
        says why not.
      </p>
      <WatchState of={watched} what="the runs" />
      {watched.value !== undefined && runs.length === 0 && <p>There has been no run yet.</p>}
      {runs.length > 0 && (
        <Table
          caption="Runs"
          head={['Run', 'Pipeline', 'File', 'Status', 'Started', 'What came of it']}
          rows={runs.map((run) => {
            const execution = String(run['execution']);
            const status = String(run['status']);
            return {
              key: execution,
              cells: [
                <a key="run" href={addressOf('pipelines', String(run['pipeline']), execution)}>
                  {execution.slice(0, 8)}
                </a>,
                String(run['pipeline']),
                String(run['key']).split('/').at(-1) ?? '',
                <span key="status" class={`status ${status}`}>
                  {status}
                </span>,
                String(run['started']),
                String(run['summary'] ?? ''),
              ],
            };
          })}
        />
      )}
    </View>
  );
}
