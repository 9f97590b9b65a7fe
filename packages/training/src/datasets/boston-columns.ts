import type { Column, ModelSchema } from '@chorus/protocol';

/**
 * The 13 features of the Boston housing data (Harrison & Rubinfeld 1978), in the order of the CSV
 * and of every tensor. `B` is derived from the share of Black residents: the data set is kept as a
 * well-known teaching example, and no real price should be set with it.
 */
export const bostonColumns: readonly Column[] = [
  { name: 'CRIM', description: 'crimes per head', minimum: 0 },
  { name: 'ZN', description: '% of land zoned for large lots', minimum: 0, maximum: 100 },
  { name: 'INDUS', description: '% of non-retail business acres', minimum: 0, maximum: 100 },
  { name: 'CHAS', description: '1 if the tract bounds the Charles River', minimum: 0, maximum: 1 },
  { name: 'NOX', description: 'nitric oxides, parts per 10 million', minimum: 0 },
  { name: 'RM', description: 'rooms per dwelling', minimum: 0 },
  { name: 'AGE', description: '% of units built before 1940', minimum: 0, maximum: 100 },
  { name: 'DIS', description: 'weighted distance to five employment centres', minimum: 0 },
  { name: 'RAD', description: 'index of access to radial highways', minimum: 0 },
  { name: 'TAX', description: 'property tax per $10,000', minimum: 0 },
  { name: 'PTRATIO', description: 'pupils per teacher', minimum: 0 },
  { name: 'B', description: '1000 (share of Black residents - 0.63)^2', minimum: 0 },
  { name: 'LSTAT', description: '% of lower-status population', minimum: 0, maximum: 100 },
];

/** The first house of the data, sold for 24.0 thousand dollars: a request to try a model with. */
export const bostonExample: Readonly<Record<string, number>> = {
  CRIM: 0.00632,
  ZN: 18,
  INDUS: 2.31,
  CHAS: 0,
  NOX: 0.538,
  RM: 6.575,
  AGE: 65.2,
  DIS: 4.09,
  RAD: 1,
  TAX: 296,
  PTRATIO: 15.3,
  B: 396.9,
  LSTAT: 4.98,
};

/**
 * Returns the contract of a model that prices Boston houses: rows of 13 features in, one price (thousands of dollars)
 * each out. Model functions import it at cold start, so this file imports nothing but types.
 */
export function bostonSchema(name: string): ModelSchema {
  return {
    name,
    inputs: [
      {
        name: 'features',
        datatype: 'FP64',
        shape: [-1, bostonColumns.length],
        columns: bostonColumns,
      },
    ],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    maxBatch: 1000,
  };
}
