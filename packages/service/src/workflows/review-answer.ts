import {
  type Answer,
  type AnsweredBody,
  type AnswerTensors,
  jsonata,
  recordOf,
  type ShownAnswer,
} from '@chorus/blueprint';
import type { TensorSpec } from '@chorus/protocol';

type Fields = Readonly<Record<string, unknown>>;

const outputs: readonly TensorSpec[] = [
  { name: 'label', datatype: 'BYTES', shape: [1] },
  { name: 'probability', datatype: 'FP64', shape: [1] },
  { name: 'summary', datatype: 'BYTES', shape: [-1] },
];

/**
 * What is kept of a text, and which model answered for its sentiment, and why. Where the model knows no word of it `label` and `probability` are null; in tensors, which have no
 * null, they are empty and 0. `chorus_id` says by which id it is kept.
 */
export const reviewAnswer: Answer = () => ({
  body: { predictions: [jsonata('$states.input.outputs.review')] },
  outputs,
  tensorsOf,
  shownOf,
});

const reviewOf = ({ predictions }: AnsweredBody): Fields => recordOf(predictions[0]);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function tensorsOf(body: AnsweredBody): AnswerTensors | undefined {
  const { id, label, probability, summary, storedAt, decision } = reviewOf(body);
  const { by, because } = recordOf(decision);
  const [text, share] = [label ?? '', probability ?? 0];
  if (typeof text !== 'string' || typeof share !== 'number' || !isTexts(summary)) return undefined;
  return {
    tensors: [
      { name: 'label', datatype: 'BYTES', shape: [1], data: [text] },
      { name: 'probability', datatype: 'FP64', shape: [1], data: [share] },
      { name: 'summary', datatype: 'BYTES', shape: [summary.length], data: [...summary] },
    ],
    parameters: {
      chorus_id: String(id),
      chorus_stored_at: String(storedAt),
      chorus_by: String(by),
      chorus_because: String(because),
    },
  };
}

function shownOf(body: AnsweredBody): ShownAnswer | undefined {
  const { id, label, probability, summary, decision } = reviewOf(body);
  if (!isTexts(summary)) return undefined;
  const verdict =
    typeof label === 'string' && typeof probability === 'number'
      ? `${label}, ${Math.floor(probability * 100)} % (${recordOf(decision)['by']}: ${recordOf(decision)['because']})`
      : 'Neither positive nor negative: it has no word that the model knows.';
  return {
    lines: [verdict, `Kept for 30 days: GET /predict/review/${id}`],
    header: ['', 'summary'],
    rows: summary.map((sentence, index) => [String(index + 1), sentence]),
  };
}
