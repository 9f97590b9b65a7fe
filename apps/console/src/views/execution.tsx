import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { StateGraph, type StateOutcome } from '../graph/graph.tsx';
import { Table } from '../parts/table.tsx';
import { readTimeline, TimelineBars } from '../parts/timeline.tsx';
import { View, WatchState } from '../parts/view.tsx';

/** Returns what became of each state, by the events of a history. */
function outcomesOf(events: readonly Value[]): ReadonlyMap<string, StateOutcome> {
  const outcomes = new Map<string, StateOutcome>();
  /** The state that was entered last on the way to an event, by the event's id. */
  const within = new Map<unknown, string>();
  for (const event of events) {
    const type = String(event['type']);
    const state = event['state'] === null ? within.get(event['after']) : String(event['state']);
    if (state === undefined) continue;
    within.set(event['id'], state);
    if (type.endsWith('StateEntered')) outcomes.set(state, 'running');
    if (type.endsWith('StateExited')) outcomes.set(state, 'done');
    if (/^(?:Execution)?(?:Failed|TimedOut|Aborted)/.test(type.replace('Execution', '')))
      outcomes.set(state, 'failed');
  }
  return outcomes;
}

/** An execution of a standard workflow: where it is, and its history. */
export function Execution({ name }: { readonly name: string }): JSX.Element {
  const watched = useWatch(['executions', 'show', name]);
  const shown = asRecord(watched.value);
  const machine = /:execution:(?:chorus-)?(?<machine>[^:]+):/.exec(String(shown['arn']))?.groups;
  const workflows = useWatch(['workflows', 'list']);
  const workflow = asList(asRecord(workflows.value)['workflows'])
    .map((each) => String(asRecord(each)['name']))
    // On AWS the stage stands before it.
    .find((each) => machine?.['machine'] === each || machine?.['machine']?.endsWith(`-${each}`));
  const described = useWatch(workflow === undefined ? undefined : ['workflows', 'show', workflow]);
  const { definition } = asRecord(described.value);
  const events = asList(shown['events']).map(asRecord);
  const outcomes = useMemo(() => outcomesOf(events), [watched.value]);
  const timeline = readTimeline(shown['timeline']);
  return (
    <View title={name}>
      <WatchState of={watched} what="the execution" />
      {watched.value !== undefined && (
        <>
          <p>
            <span class={`status ${String(shown['status']).toLowerCase()}`}>
              {String(shown['status']).toLowerCase()}
            </span>{' '}
            {workflow ?? ''} from {String(shown['startedAt'])}
            {shown['stoppedAt'] === null ? '' : ` to ${String(shown['stoppedAt'])}`}
          </p>
          {shown['error'] !== null && (
            <p class="notice warn pre">
              {String(shown['error'])}: {String(shown['cause'] ?? '')}
            </p>
          )}
          {definition !== undefined && (
            <StateGraph definition={definition} label={`States of ${name}`} outcomes={outcomes} />
          )}
          {timeline !== undefined && <TimelineBars timeline={timeline} />}
          <Table
            caption="History"
            head={['Event', 'At', 'Type', 'State', 'Error']}
            rows={events.map((event) => ({
              key: String(event['id']),
              cells: [
                String(event['id']),
                String(event['at'] ?? ''),
                String(event['type']),
                String(event['state'] ?? ''),
                [event['error'], event['cause']].filter((part) => part !== null).join(': '),
              ],
            }))}
          />
        </>
      )}
    </View>
  );
}
