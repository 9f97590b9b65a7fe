import type { TensorSpec } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { columnTable, columnTensors, isOnePerRow, votesOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/** The output of the first voice that answered, in the order of the steps: one value for each row, by the output's name. */
export function first(output: string): Answer {
  return (given) => {
    const votes = votesOf(given, output, `the first ${output}`, {
      what: 'one value for each row',
      fits: ({ shape }) => isOnePerRow(shape),
    });
    const { datatype } = votes[0].spec;
    const outputs: readonly TensorSpec[] = [{ name: output, datatype, shape: [-1] }];
    const found = votes
      .slice(0, -1)
      .reduceRight(
        (rest, { exists, data }) => `${exists} ? ${data} : ${rest}`,
        votes.at(-1)?.data ?? '',
      );
    return {
      body: { predictions: jsonata(`[(${found}).{ ${JSON.stringify(output)}: $ }]`) },
      outputs,
      tensorsOf: (body) => columnTensors(outputs, body),
      shownOf: (body) => columnTable([output], body),
    };
  };
}
