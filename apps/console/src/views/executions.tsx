import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

const statuses = ['', 'running', 'succeeded', 'failed', 'timed_out', 'aborted'] as const;

/** Executions on one page. */
const pageSize = 100;

function rowOf(execution: Value) {
  const name = String(execution['name']);
  const { startedAt, stoppedAt } = execution;
  return {
    key: String(execution['arn']),
    cells: [
      <a key={name} href={addressOf('executions', name)}>
        {name}
      </a>,
      String(execution['workflow']),
      <span key="status" class={`status ${String(execution['status']).toLowerCase()}`}>
        {String(execution['status']).toLowerCase().replace('_', ' ')}
      </span>,
      String(startedAt ?? ''),
      typeof startedAt === 'string' && typeof stoppedAt === 'string'
        ? `${((Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000).toFixed(1)}\u00a0s`
        : '',
    ],
  };
}

/** The executions of standard workflows, the latest first. */
export function Executions(): JSX.Element {
  const [workflow, setWorkflow] = useState('');
  const [status, setStatus] = useState('');
  /** The tokens of the pages behind the first, of which the last one is shown. */
  const [tokens, setTokens] = useState<readonly string[]>([]);
  const workflows = useWatch(['workflows', 'list']);
  const names = asList(asRecord(workflows.value)['workflows'])
    .map(asRecord)
    .filter(({ type }) => type === 'standard')
    .map(({ name }) => String(name));
  const token = tokens.at(-1);
  const watched = useWatch([
    'executions',
    'list',
    ...(workflow === '' ? [] : [workflow]),
    ...(status === '' ? [] : [`--status=${status}`]),
    ...(token === undefined ? [] : [`--next=${token}`]),
    `--limit=${pageSize}`,
  ]);
  const { executions, next } = asRecord(watched.value);
  const list = asList(executions).map(asRecord);
  const choose = (set: (value: string) => void) => (event: Event) => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    setTokens([]);
    set(event.currentTarget.value);
  };
  return (
    <View title="Executions">
      <p class="muted">
        Of standard workflows. Express ones answer and are forgotten; their timeline is in the
        answer.
      </p>
      <p class="filters">
        <label>
          Workflow{' '}
          <select value={workflow} onChange={choose(setWorkflow)}>
            <option value="">all</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Status{' '}
          <select value={status} onChange={choose(setStatus)}>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {each === '' ? 'any' : each.replace('_', ' ')}
              </option>
            ))}
          </select>
        </label>
      </p>
      <WatchState of={watched} what="the executions" />
      {watched.value !== undefined && list.length === 0 && <p>There are none.</p>}
      {list.length > 0 && (
        <Table
          caption={`Executions${tokens.length === 0 ? '' : `, page ${tokens.length + 1}`}`}
          head={['Execution', 'Workflow', 'Status', 'Started', 'Took']}
          rows={list.map(rowOf)}
        />
      )}
      <p class="buttons">
        {tokens.length > 0 && (
          <button type="button" onClick={() => setTokens(tokens.slice(0, -1))}>
            Later ones
          </button>
        )}
        {typeof next === 'string' && (
          <button type="button" onClick={() => setTokens([...tokens, next])}>
            Earlier ones
          </button>
        )}
        {workflow === '' && list.length === pageSize && (
          <span class="muted">These are the latest {pageSize}; choose a workflow to see more.</span>
        )}
      </p>
    </View>
  );
}
