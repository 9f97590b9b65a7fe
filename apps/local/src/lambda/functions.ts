import { randomUUID } from 'node:crypto';
import { checkRevision, invalidParameter, refuseOthers } from './errors.ts';

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

const supported = [
  'FunctionName',
  'Environment',
  'MemorySize',
  'Timeout',
  'Description',
  'RevisionId',
];

function checkRange(name: string, value: number | undefined, low: number, high: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= low && value <= high))
    throw invalidParameter(`${name} must be a whole number from ${low} to ${high}, got ${value}`);
}

/** What every change of a function, version or alias gets. */
export function newRevision(): { readonly revisionId: string; readonly lastModified: string } {
  return {
    revisionId: randomUUID(),
    lastModified: new Date().toISOString().replace('Z', '+0000'),
  };
}

/**
 * The settings after a change, with a new revision.
 *
 * @throws {LambdaError} PreconditionFailedException if the change names another revision than the current one
 */
export function changeSettings(
  current: FunctionSettings,
  change: SettingsChange,
): FunctionSettings {
  refuseOthers(change, supported);
  checkRevision(change.RevisionId, current.revisionId, 'GetFunction');
  checkRange('MemorySize', change.MemorySize, 128, 10_240);
  checkRange('Timeout', change.Timeout, 1, 900);
  for (const [name, value] of Object.entries(change.Environment?.Variables ?? {}))
    if (typeof value !== 'string' || !/^[a-zA-Z]\w+$/.test(name))
      throw invalidParameter(`Environment variable ${name} needs a valid name and a string value`);
  return {
    environment:
      change.Environment === undefined ? current.environment : (change.Environment.Variables ?? {}),
    memoryMb: change.MemorySize ?? current.memoryMb,
    timeoutSeconds: change.Timeout ?? current.timeoutSeconds,
    description: change.Description ?? current.description,
    ...newRevision(),
  };
}
