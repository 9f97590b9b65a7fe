/** The bus of verdicts about models. */
export const driftBus = 'drift';

/** The event of a model whose inputs or answers have begun to drift. */
export const driftEvent = { source: 'chorus.drift', detailType: 'Model drift' } as const;

/** Content of the event. */
export interface DriftDetail {
  /** The same each time that this turn is told of. */
  readonly id: string;
  readonly model: string;
  /** The version that was asked last: `v3`. */
  readonly version: string;
  /** Names of the columns and outputs that have drifted. */
  readonly columns: readonly string[];
  /** The window, in ISO 8601 with `Z`, and its rows. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

/** Returns the pattern of the events about these models. */
export function driftPattern(models: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    source: [driftEvent.source],
    'detail-type': [driftEvent.detailType],
    detail: { model: models },
  };
}
