import type { JSX } from 'preact';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

/** Metrics as one cell. */
function metricsText(metrics: unknown): string {
  return Object.entries(asRecord(metrics))
    .slice(0, 3)
    .map(([name, value]) => `${name} ${Number(Number(value).toPrecision(4))}`)
    .join(', ');
}

function rowOf(model: Value) {
  const name = String(model['name']);
  const versions = asList(model['versions']).map(asRecord);
  const live = versions.find((version) => version['live'] === true);
  const canary = asRecord(model['canary']);
  return {
    key: name,
    cells: [
      <a key={name} href={addressOf('models', name)}>
        {name}
      </a>,
      String(model['live'] ?? 'none'),
      canary['version'] === undefined
        ? ''
        : `${String(canary['version'])}, ${Number(canary['weight']) * 100} %`,
      String(versions.length),
      metricsText(live?.['metrics']),
      String(model['changing'] ?? ''),
    ],
  };
}

/** The models, and what is live of each. */
export function Models(): JSX.Element {
  const watched = useWatch(['models', 'list']);
  const models = asList(asRecord(watched.value)['models']).map(asRecord);
  return (
    <View title="Models">
      <WatchState of={watched} what="the models" />
      {models.length > 0 && (
        <Table
          caption="Models"
          head={['Model', 'Live', 'Canary', 'Versions', 'Metrics of the live one', 'Changing']}
          rows={models.map(rowOf)}
        />
      )}
    </View>
  );
}
