import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { shownPorts } from '../ports.ts';
import { cellOf } from '../votes.ts';
import type { Answer } from './answer.ts';

/**
 * The output of a step as it is: the one prediction, or each of a list. Its tensor is the JSON of each.
 *
 * @param name of the output
 */
export function output(name: string): Answer {
  return ({ outputs }) => {
    const found = outputs.find(({ port }) => port.name === name);
    if (found === undefined)
      throw new BlueprintError(
        `the answer is ${name}, but the steps give ${shownPorts(outputs.map(({ port }) => port))}`,
      );
    const at = `$states.input.${found.at}${found.port.datatype === 'JSON' ? '' : '.data'}`;
    return {
      body: { predictions: jsonata(`[${at}]`) },
      outputs: [{ name, datatype: 'BYTES', shape: [-1] }],
      tensorsOf: ({ predictions }) => {
        const data = predictions.map((value) =>
          typeof value === 'string' ? value : JSON.stringify(value),
        );
        return {
          tensors: [{ name, datatype: 'BYTES', shape: [data.length], data }],
          parameters: {},
        };
      },
      shownOf: ({ predictions }) => ({
        lines: [],
        header: ['row', name],
        rows: predictions.map((value, index) => [String(index + 1), cellOf(value)]),
      }),
    };
  };
}
