import {
  checkInputs,
  type InferRequest,
  type ModelSchema,
  parseInferRequest,
  selectOutputs,
} from '@chorus/protocol';
import type { FakeAws, Reply } from './fake-aws.ts';
import { modelNames, workflow } from './test-service.ts';

export const workflowArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-house-price';
/** The workflow that takes a photo; tests say what it answers. */
export const animalArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:chorus-animal';

/** Contract of one of the models: the workflow's table in, a price out. */
function schemaOf(name: string): ModelSchema {
  const { inputs, maxBatch } = workflow.schema;
  return { name, inputs, outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }], maxBatch };
}

/** Returns the fake model's answer for a row: exact in binary, different for each column and model. */
export function priceOf(name: string, row: readonly number[]): number {
  const scale = 1 + modelNames.indexOf(name);
  return row.reduce((sum, value, column) => sum + value * (column + 1), 0) * scale;
}

function rowsOf(request: InferRequest): number[][] {
  const [table] = request.inputs;
  const [rows = 0, columns = 0] = table?.shape ?? [];
  const data = (table?.data ?? []) as readonly number[];
  return Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns));
}

/** A model's function that serves a version: parses and checks like the real one, and answers `priceOf`. */
function answerModel(name: string, version: string, event: Record<string, unknown>): Reply {
  if (event['chorus'] === 'ready') {
    const ready = { ready: true, model_name: name, model_version: version };
    return { payload: { ...ready, chorus_cold_start: true } };
  }
  try {
    const request = parseInferRequest(event, schemaOf(name));
    checkInputs(request, schemaOf(name));
    const data = rowsOf(request).map((row) => priceOf(name, row));
    const price = { name: 'price', datatype: 'FP64', shape: [data.length], data } as const;
    return {
      payload: {
        model_name: name,
        model_version: version,
        id: request.id,
        parameters: { chorus_cold_start: false, chorus_duration_ms: 0.25 },
        outputs: selectOutputs(request, [price]),
      },
    };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { functionError: { errorType, errorMessage } };
  }
}

/** Members of the state machine's `failed`, by model. */
export type Failed = Readonly<Record<string, { error: string; message: string }>>;

/** A state machine's successful execution over `instances`, without the models in `failed`. */
export function succeed(input: string, failed: Failed = {}): Reply {
  const rows: number[][] = JSON.parse(input).instances;
  const answered = modelNames.filter((name) => !(name in failed));
  const predictions = rows.map((row) => {
    const prices = answered.map((name) => [name, priceOf(name, row)] as const);
    const sum = prices.reduce((total, [, price]) => total + price, 0);
    return { ...Object.fromEntries(prices), ensemble: sum / prices.length };
  });
  const served = { version: 'v1', durationMs: 1.5, coldStart: false, attempts: 1 };
  const models = Object.fromEntries(answered.map((name) => [name, served]));
  return execution({
    status: 'SUCCEEDED',
    output: JSON.stringify({
      statusCode: 200,
      body: { predictions, models, failed, requestId: 'x' },
    }),
  });
}

/** Returns the answer of StartSyncExecution, with HTTP 200 whatever the status. */
export function execution(members: {
  status: string;
  output?: string;
  error?: string;
  cause?: string;
  billingDetails?: object;
}): Reply {
  return { payload: { executionArn: `${workflowArn}:x`, startDate: 1, stopDate: 2, ...members } };
}

/** Publishes a version of a model's function, or points an alias of it, at a version of the model. */
export function serve(aws: FakeAws, name: string, qualifier: string, version: string): void {
  const key = `models/${name}/${version}`;
  aws.functions.set(`chorus-${name}:${qualifier}`, {
    configuration: {
      State: 'Active',
      Environment: {
        Variables: { MODEL_BUCKET: 'chorus-models', MODEL_KEY: `${key}/model.onnx` },
      },
    },
    invoke: (event) => answerModel(name, version, event),
  });
  const file = { name: 'model.onnx', bytes: 1, sha256: 'a'.repeat(64) };
  const manifest = { format: 1, name, version, file, schema: schemaOf(name) };
  aws.objects.set(`chorus-models/${key}/manifest.json`, JSON.stringify(manifest));
}

/** Puts the three models and the workflow into the fake, all of them well. */
export function deploy(aws: FakeAws): void {
  for (const name of modelNames) {
    serve(aws, name, '1', 'v1');
    serve(aws, name, 'live', 'v1');
  }
  aws.machines.set(workflowArn, (input) => succeed(input));
}
