import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';

/** The other fields of a line, in a few words. */
function fieldsText(fields: unknown): string {
  return Object.entries(asRecord(fields))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

function rowOf(line: Value, index: number) {
  return {
    key: `${String(line['at'])} ${index}`,
    cells: [
      String(line['at']),
      String(line['function']),
      String(line['level'] ?? ''),
      String(line['message']),
      <span key="fields" class="muted">
        {fieldsText(line['fields'])}
      </span>,
    ],
  };
}

/** Shows the lines that functions write, all of them or those of one request. */
export function Logs(): JSX.Element {
  const [request, setRequest] = useState('');
  const [onlyErrors, setOnlyErrors] = useState(false);
  const watched = useWatch([
    'logs',
    ...(request === '' ? ['--since=15m'] : ['--since=24h', `--request=${request}`]),
    ...(onlyErrors ? ['--errors'] : []),
    '--limit=200',
  ]);
  const lines = asList(asRecord(watched.value)['lines']).map(asRecord);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    setRequest(String(form.get('request') ?? '').trim());
    setOnlyErrors(form.get('errors') !== null);
  }
  return (
    <View title="Logs">
      <form onSubmit={submit} class="filters">
        <label>
          Request <input name="request" autocomplete="off" />
        </label>
        <label class="check">
          <input type="checkbox" name="errors" /> warnings and errors only
        </label>
        <button type="submit">Show</button>
      </form>
      <WatchState of={watched} what="the logs" />
      {watched.value !== undefined && lines.length === 0 && (
        <p>There are no such lines{request === '' ? ' of the last 15 minutes' : ''}.</p>
      )}
      {lines.length > 0 && (
        <Table
          caption="Lines, the last one first"
          head={['At', 'Function', 'Level', 'Message', 'More']}
          rows={lines.toReversed().map(rowOf)}
        />
      )}
    </View>
  );
}
