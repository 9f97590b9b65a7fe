import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

/** The workflows of the service. */
export function Workflows(): JSX.Element {
  const watched = useWatch(['workflows', 'list']);
  const workflows = asList(asRecord(watched.value)['workflows']).map(asRecord);
  const asked = workflows.filter(({ route }) => route !== null);
  const parts = workflows.filter(({ route }) => route === null);
  const rowOf = (workflow: (typeof workflows)[number]) => {
    const name = String(workflow['name']);
    return {
      key: name,
      cells: [
        <a key={name} href={addressOf('workflows', name)}>
          {name}
        </a>,
        String(workflow['type']),
        String(workflow['takes'] ?? ''),
        asList(workflow['functions']).join(', '),
      ],
    };
  };
  const head = ['Workflow', 'Type', 'Takes', 'Asks'];
  return (
    <View title="Workflows">
      <WatchState of={watched} what="the workflows" />
      {asked.length > 0 && (
        <Table caption="Workflows that callers ask" head={head} rows={asked.map(rowOf)} />
      )}
      {parts.length > 0 && (
        <details>
          <summary>{parts.length} that are parts of how these are answered</summary>
          <Table caption="Parts of how they are answered" head={head} rows={parts.map(rowOf)} />
        </details>
      )}
    </View>
  );
}
