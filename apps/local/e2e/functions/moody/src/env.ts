/** The variable that tests change through UpdateFunctionConfiguration. */
export function mood(): string | undefined {
  return process.env['MOOD'];
}

/** Returns the version of the function that this process is of. */
export function functionVersion(): string | undefined {
  return process.env['AWS_LAMBDA_FUNCTION_VERSION'];
}
