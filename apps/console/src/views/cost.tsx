import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asList, asRecord } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';

const dollars = (amount: unknown): string =>
  Number(amount).toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** The inputs of a month's bill: a flag of `chorus cost`, what it means, and what it is to begin with. */
const inputs = [
  { flag: 'requests', label: 'Requests a month', first: '1M' },
  { flag: 'memory', label: "Memory of each model's function, in MB", first: '1024' },
  { flag: 'duration', label: 'A warm invocation takes', first: '20ms' },
  { flag: 'cold', label: 'Invocations that start cold', first: '1%' },
] as const;

function Bill(props: { readonly title: string; readonly bill: unknown }): JSX.Element {
  const { lines, total } = asRecord(props.bill);
  const rows = asList(lines).map(asRecord);
  return (
    <Table
      caption={props.title}
      head={['What', 'Quantity', '$ a month']}
      rows={[
        ...rows.map(({ what, quantity, cost }) => ({
          key: String(what),
          cells: [String(what), String(quantity), dollars(cost)],
        })),
        { key: 'total', cells: [<strong key="total">total</strong>, '', dollars(total)] },
      ]}
    />
  );
}

/** Shows the cost of a month of traffic, and of a stage without any. */
export function Cost(): JSX.Element {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const watched = useWatch([
    'cost',
    ...inputs.map(({ flag, first }) => `--${flag}=${given[flag] ?? first}`),
  ]);
  const { serverless, atRest, container, breakEvenRequests, prices } = asRecord(watched.value);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    setGiven(Object.fromEntries([...form].map(([name, value]) => [name, String(value)])));
  }
  return (
    <View title="Cost">
      <form onSubmit={submit}>
        <div class="fields">
          {inputs.map(({ flag, label, first }) => (
            <p class="field" key={flag}>
              <label for={`cost-${flag}`}>{label}</label>
              <input id={`cost-${flag}`} name={flag} defaultValue={first} autocomplete="off" />
            </p>
          ))}
        </div>
        <p>
          <button type="submit" class="primary">
            Work it out
          </button>
        </p>
      </form>
      <WatchState of={watched} what="the prices" />
      {watched.value !== undefined && (
        <>
          <Bill title="These requests, as they are deployed" bill={serverless} />
          <Bill
            title={`The stage ${String(asRecord(atRest)['stage'])}, without any request`}
            bill={atRest}
          />
          <Bill
            title="Always-on containers of the same capacity, instead of the first"
            bill={container}
          />
          <p class="muted">
            {typeof breakEvenRequests === 'number' &&
              `Both cost the same at ${Math.round(breakEvenRequests).toLocaleString('en-US')} requests a month. `}
            Prices of {String(asRecord(prices)['region'])}, noted on{' '}
            {String(asRecord(prices)['asOf'])}.
          </p>
        </>
      )}
    </View>
  );
}
