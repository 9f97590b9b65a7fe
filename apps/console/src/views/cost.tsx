import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asList, asRecord, type Value } from '../api/request.ts';
import { useWatch } from '../api/use-watch.ts';
import { Table } from '../parts/table.tsx';
import { View, WatchState } from '../parts/view.tsx';
import { addressOf } from '../route.ts';

const dollars = (amount: unknown): string =>
  Number(amount).toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** The inputs of a month's bill: a flag of `chorus cost`, its meaning, and its first value; none leaves it out. */
const inputs = [
  { flag: 'requests', label: 'Requests a month', first: '1M' },
  { flag: 'memory', label: 'Memory of functions, in MB', first: '' },
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

/** Returns a range as one cell, and one value where both ends are the same. */
const between = (least: string, most: string): string =>
  least === most ? most : `${least} to ${most}`;

/** Shows what each workflow costs. */
function Workflows(props: { readonly workflows: readonly Value[] }): JSX.Element {
  return (
    <Table
      caption="Each workflow"
      head={['Workflow', 'Functions it asks', 'A million requests', 'At rest, alone']}
      rows={props.workflows.map((workflow) => {
        const name = String(workflow['name']);
        const [least, most] = [asRecord(workflow['least']), asRecord(workflow['most'])];
        const asked = (way: Value): string => String(asList(way['functions']).length);
        return {
          key: name,
          cells: [
            <a key={name} href={addressOf('workflows', name)}>
              {name}
            </a>,
            between(asked(least), asked(most)),
            between(dollars(least['perMillion']), dollars(most['perMillion'])),
            dollars(workflow['atRest']),
          ],
        };
      })}
    />
  );
}

const cents = (amount: unknown): string => `$${Number(amount).toFixed(4)}`;

/** Shows what jobs cost while they run. */
function Jobs(props: { readonly jobs: readonly Value[] }): JSX.Element {
  return (
    <Table
      caption="Jobs, while they run"
      head={['Job', 'Size', 'An hour', 'An hour on demand', 'A run, at most']}
      rows={props.jobs.map(({ name, vCpu, memoryMb, spot, hour, onDemandHour, longest }) => ({
        key: String(name),
        cells: [
          String(name),
          `${String(vCpu)} vCPU, ${Number(memoryMb) / 1024} GB`,
          `${cents(hour)}${spot === true ? ' on Spot, at best' : ''}`,
          cents(onDemandHour),
          cents(longest),
        ],
      }))}
    />
  );
}

/** Shows the cost of a month of traffic, and of a stage without any. */
export function Cost(): JSX.Element {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [workflow, setWorkflow] = useState<string>();
  const watched = useWatch([
    'cost',
    ...(workflow === undefined ? [] : [workflow]),
    ...inputs
      .map(({ flag, first }) => [flag, given[flag] ?? first])
      .filter(([, value]) => value !== '')
      .map(([flag, value]) => `--${flag}=${value}`),
  ]);
  const answer = asRecord(watched.value);
  const { serverless, atRest, container, breakEvenRequests, prices } = answer;
  const workflows = asList(answer['workflows']).map(asRecord);
  const jobs = asList(answer['jobs']).map(asRecord);
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
              <input
                id={`cost-${flag}`}
                name={flag}
                defaultValue={first}
                placeholder={first === '' ? 'each its own' : ''}
                autocomplete="off"
              />
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
          {workflows.length > 0 && (
            <>
              <Workflows workflows={workflows} />
              <p class="muted">
                Without failures and repetitions; what is answered later costs more. At rest, alone:
                a stage that has no other workflow.
              </p>
            </>
          )}
          {jobs.length > 0 && <Jobs jobs={jobs} />}
          <p class="filters">
            <label>
              The bill of{' '}
              <select
                value={String(answer['workflow'])}
                onChange={({ currentTarget }) => setWorkflow(currentTarget.value)}
              >
                {workflows.map(({ name }) => (
                  <option key={String(name)}>{String(name)}</option>
                ))}
              </select>
            </label>
          </p>
          <Bill
            title={`These requests to ${String(answer['workflow'])}, as they are deployed`}
            bill={serverless}
          />
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
