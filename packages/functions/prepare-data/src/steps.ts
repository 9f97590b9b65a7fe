import type { DataRules, HoldOut } from '@chorus/data';
import type { RunSource } from '@chorus/pipeline-runs';
import { InvalidRequestError } from '@chorus/protocol';

/** Judges the file of a run. */
export interface ValidateStep {
  readonly step: 'validate';
  readonly run: RunSource;
  readonly rules: DataRules;
}

/** Makes of it the rows to learn from and those to judge by. */
export interface ProcessStep extends Omit<ValidateStep, 'step'> {
  readonly step: 'process';
  readonly split: HoldOut;
  /** By which of the rows to learn from options are chosen. @default none are */
  readonly validation?: HoldOut;
}

const members: Readonly<Record<string, readonly string[]>> = {
  validate: ['run', 'rules'],
  process: ['run', 'rules', 'split'],
};

/**
 * Reads a step's event, which the pipeline's own state machine makes: its members are checked, not their content.
 *
 * @throws {InvalidRequestError} naming what is missing
 */
export function parseStep(event: unknown): ValidateStep | ProcessStep {
  const fields: Readonly<Record<string, unknown>> =
    typeof event === 'object' && event !== null ? { ...event } : {};
  const { step } = fields;
  const needed =
    typeof step === 'string' && Object.hasOwn(members, step) ? members[step] : undefined;
  if (needed === undefined)
    throw new InvalidRequestError(`step: expected ${Object.keys(members).join(' or ')}`);
  for (const name of needed)
    if (typeof fields[name] !== 'object' || fields[name] === null)
      throw new InvalidRequestError(`${name}: expected an object`);
  return fields as unknown as ValidateStep | ProcessStep;
}
