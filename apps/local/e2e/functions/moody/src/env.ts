/** The variable that tests change through UpdateFunctionConfiguration. */
export function mood(): string | undefined {
  return process.env['MOOD'];
}
