import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useCommand } from '../api/use-command.ts';
import { type Bin, BinsChart, percent } from '../charts/bins-chart.tsx';
import { Table } from '../parts/table.tsx';
import { View } from '../parts/view.tsx';

/** Returns the shares of a feature's bins. */
function binsOf(feature: Value): readonly Bin[] {
  const { expected, found } = asRecord(feature['shares']);
  const [names, now] = [asList(feature['bins']), asList(found)];
  return asList(expected).map((share, bin) => ({
    name: String(names[bin] ?? `bin ${bin + 1}`),
    expected: Number(share),
    found: Number(now[bin] ?? 0),
  }));
}

/** A distance beside the threshold for so many rows. */
function distance(feature: Value, name: string): string {
  const { [name]: found } = feature;
  const { [name]: limit } = asRecord(feature['thresholds']);
  if (typeof found !== 'number') return '';
  return typeof limit === 'number'
    ? `${found.toFixed(3)} of ${limit.toFixed(3)}`
    : found.toFixed(3);
}

function rowOf(feature: Value) {
  const name = String(feature['name']);
  const verdict = String(feature['verdict']);
  const because = asList(feature['because']).map(String).join(', ');
  return {
    key: name,
    cells: [
      name,
      String(feature['rows']),
      distance(feature, 'js'),
      distance(feature, 'psi'),
      distance(feature, 'wasserstein'),
      distance(feature, 'ks'),
      <span key="verdict" class={`status ${verdict === 'drift' ? 'failed' : ''}`}>
        {verdict === 'drift' ? `drift: ${because}` : verdict}
      </span>,
    ],
  };
}

const head = ['Feature', 'Rows', 'JS', 'PSI', 'Wasserstein', 'KS', 'Verdict'];

/** The bars of each feature, those that have drifted first, and the numbers of each; nothing is drawn while it is closed. */
function Plots(props: {
  readonly features: readonly Value[];
  readonly isOpen: boolean;
}): JSX.Element {
  const [isOpen, setOpen] = useState(props.isOpen);
  const hasDrifted = ({ verdict }: Value): number => (verdict === 'drift' ? 0 : 1);
  const features = props.features.toSorted((one, other) => hasDrifted(one) - hasDrifted(other));
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>How values fall into the bins of the training</summary>
      {isOpen && (
        <>
          <p class="legend">
            <span class="key control">training</span> <span class="key">now</span>
          </p>
          <div class="plots">
            {features.map((feature) => {
              const name = String(feature['name']);
              const bins = binsOf(feature);
              return (
                <div key={name}>
                  <BinsChart name={name} bins={bins} />
                  <details>
                    <summary>{name} in numbers</summary>
                    <Table
                      caption={`Shares of ${name}`}
                      head={['Values', 'Training', 'Now']}
                      rows={bins.map((bin) => ({
                        key: bin.name,
                        cells: [bin.name, percent(bin.expected), percent(bin.found)],
                      }))}
                    />
                  </details>
                </div>
              );
            })}
          </div>
        </>
      )}
    </details>
  );
}

function ModelDrift({ model }: { readonly model: Value }): JSX.Element {
  const name = `${String(model['model'])} ${String(model['version'])}`;
  const inputs = asList(model['inputs']).map(asRecord);
  const outputs = asList(model['outputs']).map(asRecord);
  return (
    <section aria-label={name}>
      <h2>
        {name}: {String(model['verdict'])}
      </h2>
      <p class="muted">
        {String(model['rows'])} rows, {String(model['refused'])} refused.
      </p>
      {inputs.length + outputs.length > 0 && (
        <Plots features={[...inputs, ...outputs]} isOpen={model['verdict'] === 'drift'} />
      )}
      {inputs.length > 0 && (
        <Table caption={`Inputs of ${name}`} head={head} rows={inputs.map(rowOf)} />
      )}
      {outputs.length > 0 && (
        <Table caption={`Outputs of ${name}`} head={head} rows={outputs.map(rowOf)} />
      )}
    </section>
  );
}

/** Whether what models are asked, and answer, still looks like their training. Reading counts first, so it is done when asked. */
export function Drift(): JSX.Element {
  const { value, error, isReading, again } = useCommand(['drift']);
  const models = asList(asRecord(value)['models']).map(asRecord);
  return (
    <View title="Drift">
      <p class="muted">
        Of the last 24 hours. A distance above its limit, which depends on the number of rows, is
        drift; below 300 rows there is no verdict.
      </p>
      <p class="buttons">
        <button type="button" onClick={again}>
          Count again
        </button>
      </p>
      <div role="status">
        {isReading && <p class="muted">Reading…</p>}
        {value !== undefined && models.length === 0 && <p>No model is live.</p>}
        {error !== undefined && <p class="notice warn pre">{error}</p>}
      </div>
      {models.map((model) => (
        <ModelDrift key={String(model['model'])} model={model} />
      ))}
    </View>
  );
}
