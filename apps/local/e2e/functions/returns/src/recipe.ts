import { tableSchema } from '@chorus/blueprint';
import { parseCsv, type Recipe, randomForest } from '@chorus/training';
import { visitColumns, visits } from '../../../pipeline/visits.ts';

const target = 'returns';

/** A first version of rows of another time, so that a pipeline has something to do better. */
export const recipe: Recipe = {
  schema: tableSchema('returns', visitColumns, target),
  dataset: {
    name: 'visits',
    load: async () => ({
      table: parseCsv(visits(300, 4), { features: visitColumns.map(({ name }) => name), target }),
      sha256: '0'.repeat(64),
    }),
  },
  trainer: randomForest,
  options: { trees: 20, minLeaf: 5 },
  seed: 0,
};
