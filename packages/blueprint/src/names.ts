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
