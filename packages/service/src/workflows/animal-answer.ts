import {
  type Answer,
  type AnsweredBody,
  type AnswerTensors,
  jsonata,
  recordOf,
  type ShownAnswer,
} from '@chorus/blueprint';
import type { Parameters, Tensor, TensorSpec } from '@chorus/protocol';
import { predictionOfSeen } from './combine-jsonata.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Candidates that a terminal shows. */
const shownCandidates = 3;

const outputs: readonly TensorSpec[] = [
  { name: 'label', datatype: 'BYTES', shape: [1] },
  { name: 'probability', datatype: 'FP64', shape: [1] },
  { name: 'visual', datatype: 'FP64', shape: [1] },
];

/** How a photo is told in which nothing was found. */
const nothing = 'No animal';

/**
 * The animal in a photo, how sure that is, and the photo's place. Where nothing was found, or another animal than those that have
 * a label, the label of the tensors is empty and the probabilities are 0, since a tensor has no null; the place and the other animal
 * are in the parameters.
 */
export const animalAnswer: Answer = () => ({
  body: {
    predictions: [jsonata(predictionOfSeen)],
    location: jsonata(
      '$exists($states.input.outputs.place.location) ? $states.input.outputs.place.location : null',
    ),
  },
  outputs,
  tensorsOf,
  shownOf,
});

function tensorsOf(body: AnsweredBody): AnswerTensors | undefined {
  const prediction = recordOf(body.predictions[0]);
  const tensors = outputs.map(({ name, datatype }): Tensor | undefined => {
    const absent = datatype === 'BYTES' ? '' : 0;
    const value = prediction[name] ?? absent;
    return typeof value === typeof absent
      ? { name, datatype, shape: [1], data: [value as string | number] }
      : undefined;
  });
  if (!tensors.every((tensor) => tensor !== undefined)) return undefined;
  return { tensors, parameters: { ...placeOf(body, prediction), ...otherOf(prediction) } };
}

function shownOf(body: AnsweredBody): ShownAnswer | undefined {
  const prediction = recordOf(body.predictions[0]);
  const { top } = prediction;
  if (!Array.isArray(top)) return undefined;
  const candidates: readonly Fields[] = top.slice(0, shownCandidates).map(recordOf);
  return {
    lines: [headline(prediction, candidates), placeLine(body)],
    header: ['label', 'probability', 'visual', 'prior', ''],
    rows: candidates.map(({ label, probability, visual, prior, outOfRange }) => [
      String(label ?? ''),
      numberOf(probability),
      numberOf(visual),
      numberOf(prior),
      outOfRange === true ? 'does not live there' : '',
    ]),
  };
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** `chorus_lat`, `chorus_lon`, `chorus_country`, `chorus_out_of_range`: what is known of the place. */
function placeOf(body: object, { outOfRange }: Fields): Parameters {
  const { lat, lon, country } = locationOf(body);
  const known = Object.entries({ lat, lon, country, out_of_range: outOfRange }).filter(
    (entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(known.map(([name, value]) => [`chorus_${name}`, value]));
}

/** `chorus_other`, `chorus_other_probability`: the animal that has no label. */
function otherOf({ other }: Fields): Parameters {
  const { name, probability } = recordOf(other);
  return typeof name === 'string' && typeof probability === 'number'
    ? { chorus_other: name, chorus_other_probability: probability }
    : {};
}

const locationOf = (body: object): Fields => recordOf(recordOf(body)['location']);

function headline({ label, probability, other }: Fields, [nearest]: readonly Fields[]): string {
  if (typeof label === 'string') return `${label}, ${percent(probability)}`;
  const { name, probability: sure } = recordOf(other);
  if (typeof name === 'string')
    return `Another animal: looks like ${withArticle(name)}, ${percent(sure)}`;
  return nearest === undefined ? `${nothing}.` : `${nothing}; the nearest is ${nearest['label']}.`;
}

const percent = (share: unknown): string => `${((numberOf(share) ?? 0) * 100).toFixed(0)} %`;

const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;

function placeLine(body: object): string {
  const { lat, lon, source, country } = locationOf(body);
  if (typeof lat !== 'number' || typeof lon !== 'number')
    return 'Place unknown: judged by the photo alone. --at lat,lon names one.';
  const from = source === 'exif' ? 'from the photo' : 'as given';
  const where = typeof country === 'string' ? `, ${country}` : '';
  return `At ${lat.toFixed(4)}, ${lon.toFixed(4)} (${from})${where}`;
}
