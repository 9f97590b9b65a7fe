/** The variable that tests change through UpdateFunctionConfiguration. */
export function mood(): string | undefined {
  return process.env['MOOD'];
}

/** Which version of the function this process is of. */
export function functionVersion(): string | undefined {
  return process.env['AWS_LAMBDA_FUNCTION_VERSION'];
}
