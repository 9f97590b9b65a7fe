import type { JSX } from 'preact';
import { asList, asRecord, type Value } from '../api/request.ts';
import { Table } from '../parts/table.tsx';

const milliseconds = (value: unknown): string =>
  typeof value === 'number' ? value.toFixed(1) : '';

/** Says how far the answers of two versions are apart. */
function difference(phase: Value): string {
  const { mean, max } = asRecord(phase['apart']);
  const numbers =
    typeof mean === 'number'
      ? [`${mean.toPrecision(3)} spreads on average, ${Number(max).toPrecision(3)} at most`]
      : [];
  const classes = asList(phase['disagreements'])
    .map(asRecord)
    .map(
      ({ output, share }) => `${String(output)} in ${Number((Number(share) * 100).toFixed(2))} %`,
    );
  return [...numbers, ...classes].join('; ');
}

/** The phases in which new versions were tried out beside the live ones; nothing where there were none. */
export function Trials(props: { readonly promoted: readonly Value[] }): JSX.Element | null {
  const rows = props.promoted.flatMap(({ model, version, champion, phases }) =>
    asList(phases)
      .map(asRecord)
      .flatMap((phase) => {
        const share = Number(phase['share']);
        const name = `${String(phase['phase'])}${share > 0 ? `, ${Number((share * 100).toFixed(2))} %` : ''}`;
        const row = (of: unknown, answers: Value, apart: string) => ({
          key: `${String(model)} ${String(of)} ${name}`,
          cells: [
            name,
            `${String(model)} ${String(of)}`,
            String(answers['requests']),
            String(answers['errors']),
            milliseconds(answers['p50']),
            milliseconds(answers['p95']),
            apart,
          ],
        });
        return [
          row(champion, asRecord(phase['live']), ''),
          row(version, asRecord(phase['new']), difference(phase)),
        ];
      }),
  );
  if (rows.length === 0) return null;
  return (
    <Table
      caption="New versions tried out beside the live ones"
      head={['Phase', 'Version', 'Requests', 'Failed', 'p50 ms', 'p95 ms', 'Answers apart']}
      rows={rows}
    />
  );
}
