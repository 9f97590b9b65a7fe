/** The description of the service contradicts itself. Thrown while it is put together, never while serving. */
export class BlueprintError extends Error {
  override readonly name = 'BlueprintError';
}
