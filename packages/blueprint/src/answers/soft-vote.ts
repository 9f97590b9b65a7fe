import type { TensorSpec } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import { jsonata } from '../jsonata.ts';
import { isNumeric } from '../ports.ts';
import { mostProbable, shownClasses } from '../probabilities.ts';
import { columnTable, columnTensors, votesOf } from '../votes.ts';
import { type Answer, type AnsweredBody, recordOf, type ShownAnswer } from './answer.ts';

/** Labels and the probability of each class; of many classes the most probable of each row. */
function probabilityTable(classes: readonly string[], body: AnsweredBody): ShownAnswer {
  const table = columnTable(['label', 'probability'], body);
  const probabilities = body.predictions.map(
    (row) => recordOf(recordOf(row)['probabilities']) as Readonly<Record<string, number>>,
  );
  if (classes.length <= shownClasses)
    return {
      ...table,
      header: [...table.header, ...classes],
      rows: table.rows.map((row, index) => [
        ...row,
        ...classes.map((name) => probabilities[index]?.[name]),
      ]),
    };
  return {
    ...table,
    header: [...table.header, `most probable of ${classes.length}`],
    rows: table.rows.map((row, index) => [...row, mostProbable(probabilities[index] ?? {})]),
  };
}

/**
 * The mean of the probabilities of those that answered: for each row its `label`, the most probable class, the
 * `probability` of it, and the `probabilities` of all by name.
 *
 * @param output probabilities, one for each row and class
 * @param classes their names, in the models' order
 */
export function softVote(
  output: string,
  { classes }: { readonly classes: readonly string[] },
): Answer {
  const width = classes.length;
  return (given) => {
    const who = `the soft vote of ${output}`;
    if (width < 2 || new Set(classes).size < width)
      throw new BlueprintError(
        `${who} needs names of at least two classes, each once, got ${classes.join(', ') || 'none'}`,
      );
    const votes = votesOf(given, output, who, {
      what: `${width} numbers for each row (${classes.join(', ')})`,
      fits: ({ datatype, shape }) =>
        isNumeric(datatype) && shape.length === 2 && shape[1] === width,
    });
    const outputs: readonly TensorSpec[] = [
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'probability', datatype: 'FP64', shape: [-1] },
      { name: 'probabilities', datatype: 'FP64', shape: [-1, width] },
    ];
    const present = votes.map(({ exists, data }) => `${exists} ? ${data} : $none`);
    const byName = classes.map((name, index) => `${JSON.stringify(name)}: $mean[${index}]`);
    const best = classes
      .slice(0, -1)
      .reduceRight(
        (rest, name, index) => `$mean[${index}] = $best ? ${JSON.stringify(name)} : ${rest}`,
        JSON.stringify(classes.at(-1)),
      );
    return {
      body: {
        // All numbers of a class and row side by side; then the means, a row for each row.
        predictions: jsonata(`(
          $none := [1..$max([${votes.map(({ data }) => `$count(${data})`).join(', ')}])].(null);
          $means := [$zip(${present.join(', ')}).$average($[$ != null])];
          [$map($partition($means, ${width}), function($mean) {(
            $best := $max($mean);
            { "label": ${best}, "probability": $best, "probabilities": { ${byName.join(', ')} } }
          )})]
        )`),
      },
      outputs,
      tensorsOf(body) {
        const [label, probability] = columnTensors(outputs.slice(0, 2), body)?.tensors ?? [];
        const data = body.predictions.flatMap((row) => {
          const probabilities = recordOf(recordOf(row)['probabilities']);
          return classes.map((name) => probabilities[name]);
        });
        const isRight = (values: readonly unknown[]): values is readonly number[] =>
          values.every((value) => typeof value === 'number');
        if (label === undefined || probability === undefined || !isRight(data)) return undefined;
        const shape = [body.predictions.length, width];
        return {
          tensors: [label, probability, { name: 'probabilities', datatype: 'FP64', shape, data }],
          parameters: {},
        };
      },
      shownOf: (body) => probabilityTable(classes, body),
    };
  };
}
