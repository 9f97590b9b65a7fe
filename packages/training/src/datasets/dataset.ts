import type { Table } from '../table.ts';

/** A table to train on, and the hash of the file it came from. */
export interface LoadedDataset {
  readonly table: Table;
  /** Hex SHA-256 of the source, for the manifest. */
  readonly sha256: string;
}

/** The source of a recipe's rows. */
export interface Dataset {
  readonly name: string;
  /** @throws TrainingError when the data cannot be read as numbers */
  readonly load: () => Promise<LoadedDataset>;
}
