import { modelFailure, ObjectError } from './s3-errors.ts';
import { type ObjectRequest, readObject } from './s3-object.ts';

/**
 * Reads an object that is part of a model.
 * @throws ModelLoadError `missing-bucket`, `missing-key`, `access-denied` or `unreachable`
 */
export async function getObject(request: ObjectRequest): Promise<Buffer> {
  try {
    return await readObject(request);
  } catch (error) {
    throw error instanceof ObjectError ? modelFailure(error) : error;
  }
}
