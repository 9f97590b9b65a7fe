/**
 * Physical names, the same on AWS and on a laptop: `chorus-random-forest`, `chorus-house-price`, `chorus-models`.
 * A stage other than the default has its own prefix.
 */
export function physicalName(name: string, stage = 'chorus'): string {
  return `${stage}-${name}`;
}

/** The token that stands for a function's ARN in a definition: `${random_forest}`. */
export function substitutionKey(functionName: string): string {
  return functionName.replaceAll('-', '_');
}

/** The environment variable that pins a model's version at start or deploy: `RANDOM_FOREST_MODEL_VERSION`. */
export function versionVariable(modelName: string): string {
  return `${modelName.replaceAll('-', '_').toUpperCase()}_MODEL_VERSION`;
}

/** The alias of every model's function that is invoked; which version of the function it names is what a promotion moves. */
export const liveAlias = 'live';

/** The environment variable that names a bucket: `UPLOADS_BUCKET`. */
export function bucketVariable(bucketName: string): string {
  return `${bucketName.replaceAll('-', '_').toUpperCase()}_BUCKET`;
}

/** The environment variable that names a function to call: `LOCATE_FUNCTION`. */
export function functionVariable(functionName: string): string {
  return `${functionName.replaceAll('-', '_').toUpperCase()}_FUNCTION`;
}

/** A name as a part of a statement's id, which takes letters and digits only: `raw-photos` is `RawPhotos`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}

/** A name as a variable of JSONata: `dense-1` becomes `dense_1`. */
export function variableOf(name: string): string {
  return name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
}
