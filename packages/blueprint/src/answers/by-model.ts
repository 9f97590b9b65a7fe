import type { Tensor } from '@chorus/protocol';
import { recordOf, type WorkflowAnswer } from './answer.ts';

/** The output that stands for all models together. */
export const ensemble = 'ensemble';

const cellOf = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** A number by model and row, and their mean. An output that failed is left out, since a tensor has no null. */
export const byModel: WorkflowAnswer = {
  tensorsOf({ predictions, failed }, schema) {
    const tensors = schema.outputs
      .filter(({ name }) => !Object.hasOwn(failed, name))
      .map(({ name, datatype }): Tensor | undefined => {
        const data = predictions.map((row) => recordOf(row)[name]);
        return data.every((value) => typeof value === 'number')
          ? { name, datatype, shape: [data.length], data }
          : undefined;
      });
    return tensors.every((tensor) => tensor !== undefined)
      ? { tensors, parameters: {} }
      : undefined;
  },
  shownOf({ predictions, models }, functions) {
    const columns = [...functions.filter((name) => models[name] !== undefined), ensemble];
    const rows = predictions.map((row, index) => [
      String(index + 1),
      ...columns.map((name) => cellOf(recordOf(row)[name])),
    ]);
    return { lines: [], header: ['row', ...columns], rows };
  },
};
