import { bostonColumns } from './boston-columns.ts';
import { csvDataset } from './csv.ts';
import type { Dataset } from './dataset.ts';

/**
 * Boston housing (Harrison & Rubinfeld 1978): 506 tracts, 13 features, target `medv`, the median
 * value of owner-occupied homes in thousands of dollars (16 rows are censored at 50). A teaching
 * example only: its column `B` is a proxy for race.
 */
export const boston: Dataset = csvDataset(
  'boston',
  new URL('../../data/boston.csv', import.meta.url),
  { features: bostonColumns.map((column) => column.name), target: 'medv' },
);
