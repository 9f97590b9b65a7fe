import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVersion } from '@chorus/registry/manifest';
import { OptionError } from './errors.ts';

/** Weights that a model's function is deployed with. */
export interface ModelVersion {
  /** `v7` */
  readonly version: string;
  /** The digest of the weights, hexadecimal; without it the function trusts the manifest beside them. */
  readonly sha256?: string | undefined;
}

/** One function as it is live, or is to be deployed first. */
export interface FunctionPin {
  /** The version of the function that its alias `live` stands for; without one it is not deployed yet. */
  readonly live?: string | undefined;
  /** Of a model: the weights that it is deployed with. */
  readonly model?: ModelVersion | undefined;
}

/** By function. */
export type Pins = Readonly<Record<string, FunctionPin>>;

/** A stage as it is live, in a file: templates that are made with it change nothing that answers. */
export interface StagePins {
  readonly stage: string;
  readonly functions: Pins;
}

const fileOf = (folder: string, stage: string) => join(folder, `${stage}.json`);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the members of a record that are of no use here. */
const others = (record: Readonly<Record<string, unknown>>, known: readonly string[]) =>
  Object.keys(record).filter((key) => !known.includes(key));

/** Returns what is wrong with a model's version, or undefined. */
function problemOfModel(model: unknown): string | undefined {
  if (!isRecord(model)) return 'model: expected an object';
  const { version, sha256 } = model;
  const [other] = others(model, ['version', 'sha256']);
  if (other !== undefined) return `model.${other}: there is no such member`;
  if (typeof version !== 'string' || !isVersion(version))
    return `model.version: expected a version such as v7, got ${String(version)}`;
  if (sha256 !== undefined && !(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)))
    return `model.sha256: expected 64 hexadecimal digits, got ${String(sha256)}`;
  return undefined;
}

/** Returns what is wrong with one function's pin, or undefined. */
function problemOf(pin: unknown): string | undefined {
  if (!isRecord(pin)) return 'expected an object';
  const { live, model } = pin;
  const [other] = others(pin, ['live', 'model']);
  if (other !== undefined) return `${other}: there is no such member`;
  if (live !== undefined && !(typeof live === 'string' && /^[1-9]\d*$/.test(live)))
    return `live: expected the number of a version of the function, as text, got ${JSON.stringify(live)}`;
  return model === undefined ? undefined : problemOfModel(model);
}

/** @throws {OptionError} unless the value is what is live in this stage */
function assertPins(value: unknown, stage: string, file: string): asserts value is StagePins {
  const refuse = (problem: string) => new OptionError(`${file}: ${problem}`);
  if (!isRecord(value) || !isRecord(value['functions']))
    throw refuse('expected {"stage": …, "functions": {…}}');
  if (value['stage'] !== stage) throw refuse(`is of the stage ${String(value['stage'])}`);
  for (const [name, pin] of Object.entries(value['functions'])) {
    const problem = problemOf(pin);
    if (problem !== undefined) throw refuse(`${name}: ${problem}`);
  }
}

/**
 * Reads what is live in a stage from `<folder>/<stage>.json`.
 *
 * @throws {OptionError} if there is no such file, or it says something else
 */
export function readPins(folder: string, stage: string): Pins {
  const file = fileOf(folder, stage);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OptionError(`${file} cannot be read: ${String(cause)}`, { cause });
  }
  assertPins(value, stage, file);
  return value.functions;
}

/** Writes what is live in a stage to where `readPins` reads it. */
export function writePins(folder: string, pins: StagePins): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, pins.stage), `${JSON.stringify(pins, undefined, 2)}\n`);
}
