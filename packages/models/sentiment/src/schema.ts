import type { ModelSchema } from '@chorus/protocol';

/**
 * The model's inputs and outputs. `label` is `positive` or `negative`, `probability` how sure that is, 0.5 to 1; of a text
 * without any word that the model knows the label is empty and the probability 0.
 */
export const schema: ModelSchema = {
  name: 'sentiment',
  inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
  outputs: [
    { name: 'label', datatype: 'BYTES', shape: [-1] },
    { name: 'probability', datatype: 'FP32', shape: [-1] },
  ],
  maxBatch: 64,
};
