import type { ModelSchema } from '@chorus/protocol';

/**
 * The model's inputs and outputs. `prior` is how probable another model held it that the text is positive; 0.5 where there is
 * none. `label` is `positive` or `negative`, `probability` how sure that is, 0.5 to 1.
 */
export const schema: ModelSchema = {
  name: 'sentiment-large',
  inputs: [
    { name: 'text', datatype: 'BYTES', shape: [-1] },
    { name: 'prior', datatype: 'FP32', shape: [-1] },
  ],
  outputs: [
    { name: 'label', datatype: 'BYTES', shape: [-1] },
    { name: 'probability', datatype: 'FP32', shape: [-1] },
  ],
  maxBatch: 16,
};
