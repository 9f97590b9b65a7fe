import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { asList, asRecord } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { StateGraph } from '../graph/graph.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';
import { outcomesOf } from '../try/outcomes.ts';
import { TryIt } from '../try/try-it.tsx';

/** A workflow: its graph, and a form to try it with. */
export function Workflow({ name }: { readonly name: string }): JSX.Element {
  const watched = useWatch(['workflows', 'show', name]);
  const shown = asRecord(watched.value);
  const [answer, setAnswer] = useState<unknown>();
  const { definition } = shown;
  const outcomes = useMemo(() => outcomesOf(definition, answer), [definition, answer]);
  return (
    <View title={name}>
      <WatchState of={watched} what="the workflow" />
      {definition !== undefined && (
        <>
          <p class="muted">{String(asRecord(definition)['Comment'] ?? '')}</p>
          {shown['type'] === 'standard' && (
            <p>
              <a href={addressOf('executions')}>Its executions</a>
            </p>
          )}
          <StateGraph definition={definition} label={`States of ${name}`} outcomes={outcomes} />
        </>
      )}
      {shown['schema'] !== undefined && (
        <TryIt
          workflow={name}
          takes={String(shown['takes'])}
          schema={shown['schema']}
          example={shown['example']}
          options={asList(shown['options']).map(String)}
          onAnswer={setAnswer}
        />
      )}
    </View>
  );
}
