import { checkText, UnsupportedError } from '@chorus/protocol';
import {
  checkSignature,
  type LoadedModel,
  outputOf,
  type PredictRequest,
  runGraph,
  type Serving,
} from '@chorus/runtime';
import { termsOf, wordsOf } from './terms.ts';

/** One thread, and nothing that only large graphs need at load. */
const sessionOptions: Serving['sessionOptions'] = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'disabled',
  enableCpuMemArena: false,
  enableMemPattern: false,
};

/** What a negation leaves of a word's valence, as VADER has it. */
const negated = -0.74;

/** What the graph says of a text. */
interface Judgement {
  /** Probability that the text is positive. */
  readonly positive: number;
  /** How many of its terms and words the model knows. */
  readonly known: number;
}

/** Asks the graph about one text. */
export async function judge(model: LoadedModel, text: string): Promise<Judgement> {
  const { ort } = model;
  const words = wordsOf(text);
  const counts = new Map<string, number>();
  for (const term of termsOf(words)) counts.set(term, (counts.get(term) ?? 0) + 1);
  // A tensor of no elements is none to ONNX Runtime; the graph knows no empty term.
  if (words.length === 0) return { positive: 0.5, known: 0 };
  const fetched = await runGraph(
    model,
    {
      terms: new ort.Tensor('string', [...counts.keys()], [counts.size]),
      counts: new ort.Tensor('float32', Float32Array.from(counts.values()), [counts.size]),
      words: new ort.Tensor(
        'string',
        words.map(({ word }) => word),
        [words.length],
      ),
      signs: new ort.Tensor(
        'float32',
        Float32Array.from(words, (each) => (each.negated ? negated : 1)),
        [words.length],
      ),
    },
    ['positive', 'known'],
  );
  const numberOf = (name: string): number => Number(outputOf(model, fetched, name).data[0]);
  return { positive: numberOf('positive'), known: numberOf('known') };
}

/** Judges one text after the other; the deadline is looked at in between. */
async function judgeAll(
  model: LoadedModel,
  { inputs, checkDeadline }: PredictRequest,
): Promise<readonly Judgement[]> {
  const texts = inputs.flatMap(({ name, data, parameters }, input) => {
    if (parameters?.['content_type'] === 'base64')
      throw new UnsupportedError(`input ${name}: send texts as UTF-8, not in base64`);
    return data.map((element, index) => {
      const text = String(element);
      checkText(text, `inputs[${input}] "${name}", element [${index}]`);
      return text;
    });
  });
  const done: Judgement[] = [];
  for (const text of texts) {
    if (done.length > 0) checkDeadline();
    done.push(await judge(model, text));
  }
  return done;
}

function labelOf({ positive, known }: Judgement): string {
  if (known === 0) return '';
  return positive > 0.5 ? 'positive' : 'negative';
}

/** Texts in, labels out. The vocabulary is in the graph, so that it comes and goes with the weights. */
export const textServing: Serving = {
  sessionOptions,
  checkSignature(session, { schema, place }) {
    const strings = { datatype: 'BYTES', shape: [-1] } as const;
    const floats = { datatype: 'FP32', shape: [-1] } as const;
    checkSignature(
      session,
      {
        ...schema,
        inputs: [
          { name: 'terms', ...strings },
          { name: 'counts', ...floats },
          { name: 'words', ...strings },
          { name: 'signs', ...floats },
        ],
        outputs: ['positive', 'known'].map((name) => ({ name, datatype: 'FP32', shape: [1] })),
      },
      place,
    );
  },
  async predict(model, request) {
    const done = await judgeAll(model, request);
    const shape = [done.length];
    const probabilities = done.map(({ positive, known }) =>
      known === 0 ? 0 : Math.fround(Math.max(positive, 1 - positive)),
    );
    return [
      { name: 'label', datatype: 'BYTES', shape, data: done.map(labelOf) },
      { name: 'probability', datatype: 'FP32', shape, data: probabilities },
    ];
  },
};
