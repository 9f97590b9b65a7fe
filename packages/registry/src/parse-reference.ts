import {
  type JsonObject,
  readInteger,
  readList,
  readNumber,
  readObject,
  readOptional,
  readText,
  wrong,
} from './fields.ts';
import type { DriftThresholds, FeatureReference } from './manifest.ts';

/** Checks the references of a model's features, or of its outputs. @throws {ManifestError} */
export function parseReferences(value: unknown, path: string): FeatureReference[] {
  return readList(value, path, parseReference);
}

function parseReference(value: unknown, path: string): FeatureReference {
  const reference = readObject(value, path);
  return reference['categories'] === undefined
    ? parseNumber(reference, path)
    : parseCategory(reference, path);
}

function parseNumber(reference: JsonObject, path: string): FeatureReference {
  const edges = readList(reference['edges'], `${path}.edges`, readNumber);
  if (edges.some((edge, index) => index > 0 && edge <= (edges[index - 1] ?? Infinity)))
    return wrong(`${path}.edges`, 'ascending and distinct', edges);
  const shares = readShares(
    reference,
    path,
    edges.length + 1,
    `one longer than the ${edges.length} edges`,
  );
  return {
    name: readText(reference['name'], `${path}.name`),
    mean: readNumber(reference['mean'], `${path}.mean`),
    std: readNumber(reference['std'], `${path}.std`),
    minimum: readNumber(reference['minimum'], `${path}.minimum`),
    maximum: readNumber(reference['maximum'], `${path}.maximum`),
    edges,
    shares,
    ...readOptional(reference, 'centres', path, (list, at) => {
      const centres = readList(list, at, readNumber);
      return centres.length === shares.length
        ? centres
        : wrong(at, `as many as the ${shares.length} shares`, list);
    }),
    ...parseRest(reference, path),
  };
}

function parseCategory(reference: JsonObject, path: string): FeatureReference {
  const categories = readList(reference['categories'], `${path}.categories`, readAnyText);
  if (categories.length === 0 || new Set(categories).size < categories.length)
    return wrong(`${path}.categories`, 'a list of at least one text, distinct', categories);
  return {
    name: readText(reference['name'], `${path}.name`),
    categories,
    shares: readShares(
      reference,
      path,
      categories.length,
      `as many as the ${categories.length} categories`,
    ),
    ...parseRest(reference, path),
  };
}

/** A text, also an empty one: a category may be. @throws {ManifestError} */
function readAnyText(value: unknown, path: string): string {
  return typeof value === 'string' ? value : wrong(path, 'a text', value);
}

function readShares(
  reference: JsonObject,
  path: string,
  length: number,
  expected: string,
): readonly number[] {
  const shares = readList(reference['shares'], `${path}.shares`, readNumber);
  if (shares.length !== length) return wrong(`${path}.shares`, expected, shares);
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.some((share) => share < 0) || Math.abs(sum - 1) > 1e-6
    ? wrong(`${path}.shares`, 'shares that sum to 1', shares)
    : shares;
}

function parseRest(
  reference: JsonObject,
  path: string,
): Pick<FeatureReference, 'rows' | 'missing' | 'thresholds'> {
  return {
    ...readOptional(reference, 'rows', path, (rows, at) => readInteger(rows, at, 1)),
    ...readOptional(reference, 'missing', path, (missing, at) => {
      const share = readNumber(missing, at);
      return share >= 0 && share <= 1 ? share : wrong(at, 'a share from 0 to 1', missing);
    }),
    ...readOptional(reference, 'thresholds', path, (list, at) => {
      const thresholds = readList(list, at, parseThresholds);
      const ascending = thresholds.every(({ rows }, i) => rows > (thresholds[i - 1]?.rows ?? 0));
      return ascending ? thresholds : wrong(at, 'by ascending rows', list);
    }),
  };
}

function parseThresholds(value: unknown, path: string): DriftThresholds {
  const thresholds = readObject(value, path);
  return {
    rows: readInteger(thresholds['rows'], `${path}.rows`, 1),
    js: readDistance(thresholds['js'], `${path}.js`),
    psi: readDistance(thresholds['psi'], `${path}.psi`),
    ...readOptional(thresholds, 'ks', path, readDistance),
    ...readOptional(thresholds, 'wasserstein', path, readDistance),
  };
}

/** A number from 0 up. @throws {ManifestError} */
function readDistance(value: unknown, path: string): number {
  const distance = readNumber(value, path);
  return distance >= 0 ? distance : wrong(path, 'a number from 0 up', value);
}
