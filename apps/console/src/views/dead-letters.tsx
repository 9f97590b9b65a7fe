import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { useCommand } from '../api/use-command.ts';
import { Action } from '../parts/action.tsx';
import { Table } from '../parts/table.tsx';
import { View } from '../parts/view.tsx';

/** The requests that failed for good. They are read when asked: reading hides them from other commands for a moment. */
export function DeadLetters(): JSX.Element {
  const { value, error, isReading, again } = useCommand(['dlq', 'list']);
  const letters = asList(value).map(asRecord);
  return (
    <View title="Dead letters">
      <p class="muted">
        Requests of ?async=1 that failed for good. A replay keeps the request's id.
      </p>
      <p class="buttons">
        <button type="button" onClick={again}>
          Read again
        </button>
        {letters.length > 0 && (
          <Action
            label="Replay all"
            consequence={`All ${letters.length} requests are sent once more.`}
            words={['dlq', 'replay', '--all']}
          />
        )}
      </p>
      <div role="status">
        {isReading && <p class="muted">Reading…</p>}
        {value !== undefined && letters.length === 0 && <p>There are none.</p>}
        {error !== undefined && <p class="notice warn pre">{error}</p>}
      </div>
      {letters.length > 0 && (
        <Table
          caption={`${letters.length} dead ${letters.length === 1 ? 'letter' : 'letters'}`}
          head={['Request', 'Workflow', 'Status', 'Error', 'Attempts', 'Failed at', 'Handle it']}
          rows={letters.map((letter) => {
            const id = String(letter['id']);
            return {
              key: id,
              cells: [
                id,
                String(letter['workflow']),
                String(letter['statusCode']),
                String(letter['error']),
                String(letter['attempts']),
                String(letter['failedAt']),
                <span key="actions" class="buttons">
                  <Action
                    label="Show"
                    consequence="What was asked is shown: there may be persons in it."
                    words={['dlq', 'show', id]}
                  />
                  <Action
                    label="Replay"
                    consequence="The request is sent once more, under the same id."
                    words={['dlq', 'replay', id]}
                  />
                  <Action
                    label="Drop"
                    consequence="The letter is removed. What the caller was told stays."
                    words={['dlq', 'drop', id]}
                  />
                </span>,
              ],
            };
          })}
        />
      )}
    </View>
  );
}
