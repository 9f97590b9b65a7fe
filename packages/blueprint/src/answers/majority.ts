import type { TensorSpec } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { columnTable, columnTensors, labelPerRow, rowByRow, votesOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/** JSONata of the label that most of `$said` name; sorting is stable, so of several the one that was said first. */
const winner = `(
  $all := $said;
  $sort($distinct($all), function($a, $b) { $count($all[$ = $a]) < $count($all[$ = $b]) })[0]
)`;

/** Every voice's label for each row, and the one that most of those that answered name, as `label`. */
export function majority(output: string): Answer {
  return (given) => {
    const votes = votesOf(given, output, `the majority of ${output}`, labelPerRow);
    const datatype = votes[0].spec.datatype;
    const names = [...votes.map(({ name }) => name), 'label'];
    const outputs = names.map((name): TensorSpec => ({ name, datatype, shape: [-1] }));
    return {
      body: { predictions: jsonata(rowByRow(votes, ({ data }) => data, [['label', winner]])) },
      outputs,
      tensorsOf: (body) => columnTensors(outputs, body),
      shownOf: (body) => columnTable(names, body),
    };
  };
}
