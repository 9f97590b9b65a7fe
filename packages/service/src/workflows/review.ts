import {
  ask,
  type FunctionSpec,
  fallback,
  model,
  sequence,
  type TableSpec,
  table,
  task,
  text,
  type WorkflowSpec,
  workflow,
} from '@chorus/blueprint';
import { reviewAnswer } from './review-answer.ts';

/** The table of what was made of each text, by its id. `packages/functions/store-review` says what an item holds. */
export const reviews: TableSpec = {
  name: 'reviews',
  purpose: 'texts and what was made of them, for 30 days',
  key: { name: 'id', type: 'S' },
  ttl: 'expires',
};

const sentiment: FunctionSpec = model('sentiment', { memoryMb: 512 });
const sentimentLarge: FunctionSpec = model('sentiment-large', { memoryMb: 1024 });
const preprocess = task('preprocess');
const summarise = task('summarise');
const storeReview = task('store-review', { links: [table('reviews', { access: 'write' })] });

/** Makes plain text of what people paste: the model reads it as a tensor, the summary is made of its sentences. */
const read = ask(preprocess, {
  input: '{ "text": $text }',
  outputs: {
    plain: { datatype: 'BYTES', shape: [1], data: '$states.result.Payload.text' },
    sentences: '$states.result.Payload.sentences',
  },
});

/** The outputs that both models of sentiment have. */
const verdict = [
  { name: 'label', datatype: 'BYTES', shape: [-1] },
  { name: 'probability', datatype: 'FP32', shape: [-1] },
] as const;

const judgeBySmall = ask(sentiment, {
  inputs: [{ name: 'text', from: 'plain', datatype: 'BYTES', shape: [-1] }],
  outputs: verdict,
});

/** The large model builds on what the small one said; where that failed, on nothing. */
const judgeByLarge = ask(sentimentLarge, {
  inputs: [
    { name: 'text', from: 'plain', datatype: 'BYTES', shape: [-1] },
    {
      name: 'prior',
      datatype: 'FP32',
      shape: [1],
      data: `(
        $sure := $exists($probability) ? $probability.data[0] : 0.5;
        $label.data[0] = "negative" ? 1 - $sure : $sure
      )`,
    },
  ],
  outputs: verdict,
});

/**
 * The small model, and the large one where it is not sure enough. A text without a word that the small one knows is not
 * English: the large one knows no more. Where the large one cannot be had, the small one's answer stands.
 */
const judge = fallback(judgeBySmall, {
  unless: '$label.data[0] = "" or $probability.data[0] >= 0.7',
  use: judgeByLarge,
  keep: true,
  decision: 'decision',
  first: '{ "label": $label.data[0], "probability": $probability.data[0] }',
});

const shorten = ask(summarise, {
  input: '{ "sentences": $sentences }',
  outputs: { summary: '$states.result.Payload.summary' },
});

/** Keeps it once for each id: the same text again gets the first answer, another text a conflict (409). */
const keep = ask(storeReview, {
  input: `(
    $isKnown := $label.data[0] != "";
    {
      "id": $id,
      "text": $text,
      "deadlineMs": $deadline,
      "result": {
        "label": $isKnown ? $label.data[0] : null,
        "probability": $isKnown ? $probability.data[0] : null,
        "decision": $decision,
        "summary": $summary
      }
    }
  )`,
  outputs: {
    review: `(
      $kept := $states.result.Payload;
      $merge([{ "id": $kept.id }, $kept.result, { "storedAt": $kept.storedAt }])
    )`,
  },
});

/**
 * Whether a text is positive or negative, and its most central sentences. At most 40,000 bytes: even of control characters,
 * which JSON writes with six bytes each, a text and its summary stay below the 256 KiB that a state may be given.
 */
export const review: WorkflowSpec = workflow({
  name: 'review',
  request: text({ maxBytes: 40_000, id: true }),
  steps: sequence(read, judge, shorten, keep),
  answer: reviewAnswer,
  example: {
    text: 'The plot is thin and it takes its time. But the actors are a delight, every one of them! I would see it again.',
  },
});
