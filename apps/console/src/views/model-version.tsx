import type { JSX } from 'preact';
import { asList, asRecord } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

/** Parts of a manifest that are too long to be facts: its references are drawn under Drift. */
const left: readonly string[] = [
  'reference',
  'outputs',
  'thresholds',
  'example',
  'image',
  'schema',
];

/** A fact of a manifest: where it stands, and what it says. */
type Fact = readonly [string, string];

/** Returns the facts of a manifest, in its order. */
function factsOf(value: unknown, path = ''): readonly Fact[] {
  return Object.entries(asRecord(value))
    .filter(([name]) => !left.includes(name))
    .flatMap(([name, each]): readonly Fact[] => {
      const at = path === '' ? name : `${path}.${name}`;
      if (typeof each === 'object' && each !== null && !Array.isArray(each))
        return factsOf(each, at);
      return [[at, Array.isArray(each) ? each.join(', ') : String(each)]];
    });
}

/** Shows how a version differs from the live one. */
function Differences(props: {
  readonly model: string;
  readonly live: string;
  readonly version: string;
}): JSX.Element {
  const { model, live, version } = props;
  const watched = useWatch(['models', 'diff', model, live, version]);
  const { differences, isSameRows } = asRecord(watched.value);
  const list = asList(differences).map(asRecord);
  return (
    <section aria-label="Beside the live version">
      <h2>Beside {live}, which is live</h2>
      <WatchState of={watched} what="the difference" />
      {watched.value !== undefined && list.length === 0 && <p>They are one file.</p>}
      {list.length > 0 && (
        <Table
          caption={isSameRows === true ? 'Both were judged on the same rows' : 'They differ by'}
          head={['What', live, version]}
          rows={list.map(({ name, values }) => ({
            key: String(name),
            cells: [String(name), ...asList(values).map((value) => String(value ?? ''))],
          }))}
        />
      )}
    </section>
  );
}

/** A version of a model: what it was made of, how good it is, and how it differs from the live one. */
export function ModelVersion(props: {
  readonly model: string;
  readonly version: string;
}): JSX.Element {
  const { model, version } = props;
  const watched = useWatch(['models', 'show', model, version]);
  const listed = useWatch(['models', 'list']);
  const live = asList(asRecord(listed.value)['models'])
    .map(asRecord)
    .find(({ name }) => name === model)?.['live'];
  const facts = factsOf(asRecord(watched.value)['manifest']);
  return (
    <View title={`${model} ${version}`}>
      <p>
        <a href={addressOf('models', model)}>All versions of {model}</a>
      </p>
      <WatchState of={watched} what="the version" />
      {facts.length > 0 && (
        <Table
          caption="Where it comes from, and how good it is"
          head={['What', 'Is']}
          rows={facts.map(([name, value]) => ({ key: name, cells: [name, value] }))}
        />
      )}
      {typeof live === 'string' && live !== version && (
        <Differences model={model} live={live} version={version} />
      )}
    </View>
  );
}
