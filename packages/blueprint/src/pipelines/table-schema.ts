import type { Column, ModelSchema } from '@chorus/protocol';

/**
 * Returns the contract of a model that gives one number for each row of numbers, as the trainers make them.
 *
 * @param columns the features, in their order
 * @param output the name of what it gives
 * @example tableSchema('churn', [{ name: 'months', description: 'since the first bill' }], 'leaves')
 */
export function tableSchema(name: string, columns: readonly Column[], output: string): ModelSchema {
  return {
    name,
    inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, columns.length], columns }],
    outputs: [{ name: output, datatype: 'FP64', shape: [-1] }],
    maxBatch: 1000,
  };
}
