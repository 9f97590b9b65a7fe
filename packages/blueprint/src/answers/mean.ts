import type { TensorSpec } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { columnTable, columnTensors, numberPerRow, rowByRow, votesOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/** Every voice's number for each row, and the mean of those that answered as `ensemble`, in the unit of `output`. */
export function mean(output: string): Answer {
  return (given) => {
    const votes = votesOf(given, output, `the mean of ${output}`, numberPerRow);
    const names = [...votes.map(({ name }) => name), 'ensemble'];
    const outputs = names.map((name): TensorSpec => ({ name, datatype: 'FP64', shape: [-1] }));
    return {
      body: {
        predictions: jsonata(
          rowByRow(votes, ({ data }) => data, [['ensemble', '$average($said)']]),
        ),
      },
      outputs,
      tensorsOf: (body) => columnTensors(outputs, body),
      shownOf: (body) => columnTable(names, body),
    };
  };
}
