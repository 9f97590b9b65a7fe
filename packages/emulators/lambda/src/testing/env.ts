/** The variable that tests change through UpdateFunctionConfiguration. */
export function mood(): string | undefined {
  return process.env['MOOD'];
}

/** Host, port and prefix of the Runtime API. */
export function runtimeApi(): string {
  return process.env['AWS_LAMBDA_RUNTIME_API'] ?? '';
}

export function functionVersion(): string | undefined {
  return process.env['AWS_LAMBDA_FUNCTION_VERSION'];
}

/** How Lambda says that this environment came to be. */
export function initialisation(): string | undefined {
  return process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
}
