import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ModelSchema } from '@chorus/protocol';
import { ChampionError } from './errors.ts';

/** The version that is live, and its predictions `[rows]`. */
export interface ChampionAnswers {
  readonly version: string;
  readonly predictions: Float64Array;
}

/** Errors of Lambda that say that nothing is live. */
const nothingLive = ['ResourceNotFoundException'];

/** How often other versions may become live while one is asked. */
const mostStarts = 5;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Returns the version and the numbers of a model function's answer. */
function read(
  text: string,
  model: string,
  rows: number,
): { version: string; data: readonly number[] } {
  const { model_version: version, outputs } = fieldsOf(JSON.parse(text));
  const [output] = Array.isArray(outputs) ? outputs : [];
  const { data } = fieldsOf(output);
  const isWhole =
    Array.isArray(data) &&
    data.length === rows &&
    data.every((each) => typeof each === 'number' && Number.isFinite(each));
  if (typeof version !== 'string' || !isWhole)
    throw new ChampionError(`the live version of ${model} did not answer ${rows} finite numbers`);
  return { version, data };
}

/**
 * Asks the version of a model that is live, through its function, as callers do.
 *
 * @param functionName with its alias
 * @returns undefined when none is live
 * @throws {ChampionError} if it does not answer each row with a number
 */
export async function askChampion(
  lambda: LambdaClient,
  functionName: string,
  schema: ModelSchema,
  features: Float64Array,
): Promise<ChampionAnswers | undefined> {
  const { name: model, maxBatch } = schema;
  const [input] = schema.inputs;
  const [output] = schema.outputs;
  const width = input?.shape.at(-1) ?? 1;
  const rows = features.length / width;

  /** @returns undefined when nothing is live */
  async function ask(first: number) {
    const part = features.subarray(first * width, (first + maxBatch) * width);
    const asked = part.length / width;
    const event = {
      inputs: [
        { name: input?.name, datatype: input?.datatype, shape: [asked, width], data: [...part] },
      ],
      outputs: [{ name: output?.name }],
    };
    try {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
      );
      const text = Buffer.from(Payload ?? []).toString();
      if (FunctionError === undefined) return read(text, model, asked);
      const { errorType, errorMessage } = fieldsOf(JSON.parse(text));
      throw new ChampionError(
        `the live version of ${model} failed: ${String(errorType)}: ${String(errorMessage)}`,
      );
    } catch (error) {
      if (error instanceof Error && nothingLive.includes(error.name)) return undefined;
      throw error;
    }
  }

  for (let start = 1; start <= mostStarts; start += 1) {
    const predictions = new Float64Array(rows);
    let version: string | undefined;
    let isOne = true;
    for (let first = 0; isOne && first < rows; first += maxBatch) {
      const answer = await ask(first);
      if (answer === undefined) return undefined;
      version ??= answer.version;
      isOne = answer.version === version;
      predictions.set(answer.data, first);
    }
    if (isOne && version !== undefined) return { version, predictions };
  }
  throw new ChampionError(
    `other versions of ${model} became live all the time that it was asked: try again once one stays`,
  );
}
