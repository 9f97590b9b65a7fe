import { checkText, OutOfRangeError, UnsupportedError } from '@chorus/protocol';
import {
  checkSignature,
  type LoadedModel,
  outputOf,
  type PredictRequest,
  runGraph,
  type Serving,
} from '@chorus/runtime';
import { tokensOf } from './tokenizer.ts';
import { windowsOf } from './windows.ts';

/** Unlike small graphs: without optimisation MiniLM turns its int8 weights into floats anew in each run, six times as slow. */
const sessionOptions: Serving['sessionOptions'] = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
  enableMemPattern: false,
};

/** A text, and how probable it was held to be positive before. */
interface Question {
  readonly text: string;
  readonly prior: number;
}

/** Asks the graph about one text. @returns the probability that it is positive */
export async function judge(model: LoadedModel, { text, prior }: Question): Promise<number> {
  const { ort } = model;
  const { shape, ids, mask } = windowsOf(tokensOf(text));
  const fetched = await runGraph(
    model,
    {
      input_ids: new ort.Tensor('int64', ids, shape),
      attention_mask: new ort.Tensor('int64', mask, shape),
      token_type_ids: new ort.Tensor('int64', new BigInt64Array(ids.length), shape),
      prior: new ort.Tensor('float32', Float32Array.of(prior), [1]),
    },
    ['positive'],
  );
  return Number(outputOf(model, fetched, 'positive').data[0]);
}

/** Reads the questions of a request. @throws {ProtocolError} naming the element that is none */
function questionsOf({ inputs }: PredictRequest): readonly Question[] {
  const [texts, priors] = ['text', 'prior'].map((name) =>
    inputs.find((input) => input.name === name),
  );
  if (texts?.parameters?.['content_type'] === 'base64')
    throw new UnsupportedError('input text: send texts as UTF-8, not in base64');
  return (texts?.data ?? []).map((element, index) => {
    const [text, prior] = [String(element), Number(priors?.data[index])];
    checkText(text, `input "text", element [${index}]`);
    if (!(prior >= 0 && prior <= 1))
      throw new OutOfRangeError(
        `input "prior", element [${index}]: expected a probability from 0 to 1, got ${prior}`,
      );
    return { text, prior };
  });
}

/** Texts in, labels out, one text after the other: the deadline is looked at in between. */
export const textServing: Serving = {
  sessionOptions,
  checkSignature(session, { schema, place }) {
    const tokens = { datatype: 'INT64', shape: [-1, -1] } as const;
    checkSignature(
      session,
      {
        ...schema,
        inputs: [
          { name: 'input_ids', ...tokens },
          { name: 'attention_mask', ...tokens },
          { name: 'token_type_ids', ...tokens },
          { name: 'prior', datatype: 'FP32', shape: [1] },
        ],
        outputs: [{ name: 'positive', datatype: 'FP32', shape: [1] }],
      },
      place,
    );
  },
  async predict(model, request) {
    const done: number[] = [];
    for (const question of questionsOf(request)) {
      if (done.length > 0) request.checkDeadline();
      done.push(await judge(model, question));
    }
    const shape = [done.length];
    return [
      {
        name: 'label',
        datatype: 'BYTES',
        shape,
        data: done.map((positive) => (positive > 0.5 ? 'positive' : 'negative')),
      },
      {
        name: 'probability',
        datatype: 'FP32',
        shape,
        data: done.map((positive) => Math.fround(Math.max(positive, 1 - positive))),
      },
    ];
  },
};
