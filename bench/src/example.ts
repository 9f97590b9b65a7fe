import { bostonExample, bostonSchema } from '@chorus/training/boston';

/** Returns the first house of the data as an Open Inference Protocol request: the event of a model's function. */
export function oneRowEvent(): string {
  const data = Object.values(bostonExample);
  const inputs = bostonSchema('any').inputs.map(({ name, datatype }) => ({
    name,
    datatype,
    shape: [1, data.length],
    data,
  }));
  return JSON.stringify({ inputs });
}

/** The first house as the body of `POST /predict/house-price`. */
export function oneHouse(): string {
  return JSON.stringify(bostonExample);
}

/** So many houses in one body, all a little different from the first. */
export function manyHouses(count: number): string {
  const instances = Array.from({ length: count }, (_, index) => ({
    ...bostonExample,
    RM: 4 + (4 * index) / count,
    LSTAT: 2 + (30 * index) / count,
  }));
  return JSON.stringify({ instances });
}
