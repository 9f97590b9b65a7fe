import type { TensorSpec } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { columnTable, columnTensors, numberPerRow, rowByRow, votesOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/** JSONata of the middle of the numbers `$said`; of two in the middle, their mean. */
const middle = `(
  $sorted := $sort($said);
  $half := $floor(($count($sorted) - 1) / 2);
  $average([$sorted[$half], $sorted[$count($sorted) - 1 - $half]])
)`;

/** Every voice's number for each row, and the median of those that answered as `ensemble`, in the unit of `output`. */
export function median(output: string): Answer {
  return (given) => {
    const votes = votesOf(given, output, `the median of ${output}`, numberPerRow);
    const names = [...votes.map(({ name }) => name), 'ensemble'];
    const outputs = names.map((name): TensorSpec => ({ name, datatype: 'FP64', shape: [-1] }));
    return {
      body: { predictions: jsonata(rowByRow(votes, ({ data }) => data, [['ensemble', middle]])) },
      outputs,
      tensorsOf: (body) => columnTensors(outputs, body),
      shownOf: (body) => columnTable(names, body),
    };
  };
}
