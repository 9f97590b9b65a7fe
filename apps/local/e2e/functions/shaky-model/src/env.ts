/** The model that this process serves: its function's name without the stage's prefix. */
export function modelName(): string {
  return (process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '').replace('chorus-', '');
}
