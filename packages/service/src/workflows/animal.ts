import {
  ask,
  bucket,
  choose,
  type FunctionSpec,
  fallback,
  featureStore,
  gather,
  give,
  model,
  photo,
  type Step,
  sequence,
  task,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';
import { animalAnswer } from './animal-answer.ts';
import { examplePhoto } from './example-photo.ts';

/** Photos that clients have uploaded. */
const readPhotos = bucket('uploads', { access: 'read', prefix: 'uploads/' });

/**
 * One whole vCPU: decoding a photo and looking at it is work for a processor, a fifth of a second of it. Lambda does not
 * queue, so there are as many environments as the API's 100 requests a second keep busy, and as many again.
 */
export const imageClassifier: FunctionSpec = model('image-classifier', {
  memoryMb: 1769,
  timeoutSeconds: 15,
  concurrency: 50,
  links: [readPhotos],
  example: {
    inputs: [
      {
        name: 'image',
        datatype: 'BYTES',
        shape: [1],
        parameters: { content_type: 'base64' },
        data: [examplePhoto],
      },
    ],
  },
});

const locate = task('locate', {
  memoryMb: 1024,
  timeoutSeconds: 10,
  concurrency: 50,
  links: [readPhotos],
});

// A database that sleeps needs half a minute to be migrated; questions about places wait a few seconds at most.
const features = task('features', { timeoutSeconds: 30, concurrency: 20, links: [featureStore()] });

/** The step that asks the classifier about the photo. */
const look = ask(imageClassifier, {
  inputs: [{ name: 'image', datatype: 'BYTES', shape: [1] }],
  outputs: [
    { name: 'label', datatype: 'BYTES', shape: [1] },
    { name: 'labels', datatype: 'BYTES', shape: [1, -1] },
    { name: 'probabilities', datatype: 'FP32', shape: [1, -1] },
    { name: 'detection', datatype: 'FP32', shape: [1] },
    { name: 'other', datatype: 'BYTES', shape: [1] },
    { name: 'other_probability', datatype: 'FP32', shape: [1] },
    { name: 'box_labels', datatype: 'BYTES', shape: [1, -1] },
    { name: 'box_probabilities', datatype: 'FP32', shape: [1, -1] },
    { name: 'boxes', datatype: 'FP32', shape: [1, -1, 4] },
  ],
});

/** The place that the caller names, else the one that the camera wrote into the photo; null without either. */
const findPlace = choose('$location != null', {
  use: give({ at: '$merge([$location, { "source": "request" }])' }),
  otherwise: fallback(
    ask(locate, {
      input: '$merge([$photo, { "deadlineMs": $deadline }])',
      outputs: {
        at: `(
          $location := $states.result.Payload.location;
          $location = null ? null : $merge([$location, { "source": "exif" }])
        )`,
      },
    }),
    { use: give({ at: 'null' }) },
  ),
});

/** The step that asks which animals live at a place; it gives null where that cannot be had. */
const findAnimals = fallback(
  ask(features, {
    input: '{ "lat": $at.lat, "lon": $at.lon, "deadlineMs": $deadline }',
    outputs: {
      country: '$states.result.Payload.country',
      abundance: '$states.result.Payload.abundance',
    },
  }),
  { use: give({ country: 'null', abundance: 'null' }) },
);

/** The steps that find the photo's place and the animals that live there; each gives null when there is none. */
const place: Step = sequence(
  findPlace,
  choose('$at != null', {
    use: sequence(
      findAnimals,
      give({
        location: '$merge([$at, { "country": $country }])',
        // In a zoo anything lives anywhere.
        abundance: '$zoo ? null : $abundance',
      }),
    ),
    otherwise: give({ location: 'null', abundance: 'null' }),
  }),
);

/** Which animal is in a photo, with regard to where it was taken: without a place, or in a zoo, by the photo alone. */
export const animal: WorkflowSpec = workflow({
  name: 'animal',
  request: photo({
    location: true,
    flags: {
      zoo: 'taken in a zoo or of a kept animal: what lives at the place does not count',
    },
  }),
  steps: gather({ seen: look, place }, { required: ['seen'] }),
  answer: animalAnswer,
  example: { image: examplePhoto },
});
