import type { TensorSpec } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { columnTable, columnTensors, numberPerRow, rowByRow, votesOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/**
 * Every voice's number for each row, and their weighted mean as `ensemble`, in the unit of `output`. The weights of those
 * that answered count.
 *
 * @param weights of each voice by its name
 */
export function weighted(output: string, weights: Readonly<Record<string, number>>): Answer {
  return (given) => {
    const votes = votesOf(given, output, `the weighted mean of ${output}`, numberPerRow);
    const voices = votes.map(({ name }) => name);
    const shares = voices.map((name) => weights[name] ?? Number.NaN);
    const isRight =
      shares.every((share) => share > 0 && Number.isFinite(share)) &&
      Object.keys(weights).length === voices.length;
    if (!isRight)
      throw new BlueprintError(
        `the weighted mean of ${output} needs a positive weight for each of ${voices.join(', ')}, got ${JSON.stringify(weights)}`,
      );
    const names = [...voices, 'ensemble'];
    const outputs = names.map((name): TensorSpec => ({ name, datatype: 'FP64', shape: [-1] }));
    const terms = shares.map((share, index) => `$[${index}] * ${share}`);
    const present = shares.map((share, index) => `($[${index}] != null ? ${share} : 0)`);
    const ensemble = `$sum([${terms.map((term, index) => `$[${index}] != null ? ${term} : 0`).join(', ')}]) / (${present.join(' + ')})`;
    return {
      body: { predictions: jsonata(rowByRow(votes, ({ data }) => data, [['ensemble', ensemble]])) },
      outputs,
      tensorsOf: (body) => columnTensors(outputs, body),
      shownOf: (body) => columnTable(names, body),
    };
  };
}
