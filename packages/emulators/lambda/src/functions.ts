import { randomUUID } from 'node:crypto';
import { checkRevision, invalidParameter } from './errors.ts';
import { checkVariables } from './variables.ts';

/** The part of a function's configuration that can change while it runs; a published version has its own for good. */
export interface FunctionSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly description: string;
  readonly revisionId: string;
  /** ISO 8601. */
  readonly lastModified: string;
}

/** An UpdateFunctionConfiguration request; what is absent stays, `Environment` replaces all variables. */
export interface SettingsChange {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Description?: string;
  readonly RevisionId?: string;
}

function checkRange(name: string, value: number | undefined, low: number, high: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= low && value <= high))
    throw invalidParameter(`${name} must be a whole number from ${low} to ${high}, got ${value}`);
}

/** @throws {LambdaError} InvalidParameterValueException above AWS's 256 characters */
export function checkDescription(description: string | undefined): void {
  if (description !== undefined && description.length > 256)
    throw invalidParameter('Description has at most 256 characters');
}

/** Returns the revision that every change of a function, version or alias gets. */
export function newRevision(): { readonly revisionId: string; readonly lastModified: string } {
  return {
    revisionId: randomUUID(),
    lastModified: new Date().toISOString().replace('Z', '+0000'),
  };
}

/**
 * The settings after a change, with a new revision.
 *
 * @throws {LambdaError} PreconditionFailedException if the change names another revision than the current one;
 *   InvalidParameterValueException
 */
export function changeSettings(
  current: FunctionSettings,
  change: SettingsChange,
): FunctionSettings {
  checkRevision(change.RevisionId, current.revisionId, 'GetFunction');
  checkRange('MemorySize', change.MemorySize, 128, 10_240);
  checkRange('Timeout', change.Timeout, 1, 900);
  checkDescription(change.Description);
  checkVariables(change.Environment?.Variables ?? {});
  return {
    environment:
      change.Environment === undefined ? current.environment : (change.Environment.Variables ?? {}),
    memoryMb: change.MemorySize ?? current.memoryMb,
    timeoutSeconds: change.Timeout ?? current.timeoutSeconds,
    description: change.Description ?? current.description,
    ...newRevision(),
  };
}
