import type { ModelSchema } from '@chorus/protocol';

/**
 * The model's inputs and outputs. The parameter `content_type` of `image` says what its elements are: photos in
 * `base64`, or `key`s that POST /uploads gave. `labels` and `probabilities` are all labels of the manifest, the most
 * probable first; `label` is empty where `detection`, from 0 to 1, is below the manifest's threshold, and where the photo shows
 * something else than the labels: then `other` is its name. `other_probability` is how probable that is, whatever the answer.
 * `box_labels`, `box_probabilities` and `boxes` (left, top, width, height, as fractions of the upright photo) are the things one by one, of a
 * model that tells where they are and a photo that has a label; behind the last the label is empty.
 */
export const schema: ModelSchema = {
  name: 'image-classifier',
  inputs: [{ name: 'image', datatype: 'BYTES', shape: [-1] }],
  outputs: [
    { name: 'label', datatype: 'BYTES', shape: [-1] },
    { name: 'labels', datatype: 'BYTES', shape: [-1, -1] },
    { name: 'probabilities', datatype: 'FP32', shape: [-1, -1] },
    { name: 'detection', datatype: 'FP32', shape: [-1] },
    { name: 'other', datatype: 'BYTES', shape: [-1] },
    { name: 'other_probability', datatype: 'FP32', shape: [-1] },
    { name: 'box_labels', datatype: 'BYTES', shape: [-1, -1] },
    { name: 'box_probabilities', datatype: 'FP32', shape: [-1, -1] },
    { name: 'boxes', datatype: 'FP32', shape: [-1, -1, 4] },
  ],
  maxBatch: 8,
};
