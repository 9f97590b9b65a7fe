import type { TensorSpec } from '@chorus/protocol';
import { type AddedModel, addModel, type ModelEvent } from './added-model.ts';
import { type GatewayInTest, settings, startGateway, type Told } from './gateway-in-test.ts';

/** A gateway whose model `churn` a test describes. */
export interface ChurnInTest {
  readonly gateway: GatewayInTest;
  /** What the model's function was asked. */
  readonly events: readonly ModelEvent[];
  add(model: AddedModel): void;
  predict(body: unknown, name?: string, headers?: Readonly<Record<string, string>>): Promise<Told>;
  /** The status and the message of a refusal. */
  error(body: unknown): Promise<readonly [number, unknown]>;
  /** How many calls of AWS began so. */
  calls(what: string): number;
  close(): Promise<void>;
}

/** Starts it; `add` comes next. */
export async function startChurn(): Promise<ChurnInTest> {
  const events: ModelEvent[] = [];
  const modelFunctions = { ...settings.modelFunctions, churn: 'chorus-churn:live' };
  const gateway = await startGateway({ ...settings, modelFunctions });
  const predict: ChurnInTest['predict'] = (body, name = 'churn', headers = {}) =>
    gateway.ask({ method: 'POST', path: `/predict/${name}`, body, headers });
  return {
    gateway,
    events,
    add(model) {
      const answer: AddedModel['answer'] = (event) => {
        events.push(event);
        return model.answer(event);
      };
      addModel(gateway.aws, { ...model, answer });
    },
    predict,
    async error(body) {
      const told = await predict(body);
      return [told.status, told.json()['error']];
    },
    calls: (what) => gateway.aws.calls.filter((call) => call.what.startsWith(what)).length,
    close: () => gateway.close(),
  };
}

/** The description of a tensor. */
export const spec = (
  name: string,
  datatype: TensorSpec['datatype'],
  ...shape: number[]
): TensorSpec => ({ name, datatype, shape });

/** A tensor as JSON has it. */
export const tensor = (
  name: string,
  datatype: string,
  shape: readonly number[],
  data: unknown,
): object => ({ name, datatype, shape, data });

/** A column, and perhaps its range or categories. */
export const column = (name: string, more: object = {}): { name: string; description: string } => ({
  name,
  description: '',
  ...more,
});

/** A table of two numbers, one of which may be missing; labels and a number for each row. */
export const table: AddedModel = {
  schema: {
    inputs: [
      {
        ...spec('X', 'FP32', -1, 2),
        columns: [column('age', { minimum: 0, maximum: 150 }), column('fee')],
        missing: true,
      },
    ],
    outputs: [
      spec('label', 'INT64', -1),
      { ...spec('chances', 'FP32', -1, 2), labels: ['stays', 'leaves'] },
      spec('score', 'FP64', -1, 1),
    ],
  },
  answer: ({ inputs }) => {
    const rows = inputs[0]?.shape[0] ?? 0;
    const each = Array.from({ length: rows }, (_, row) => row);
    return [
      tensor('label', 'INT64', [rows], each),
      tensor(
        'chances',
        'FP32',
        [rows, 2],
        each.flatMap((row) => [row, 1 - row]),
      ),
      tensor(
        'score',
        'FP64',
        [rows, 1],
        each.map((row) => (row === 1 ? null : row)),
      ),
    ];
  },
};
