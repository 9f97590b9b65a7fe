import { S3Error, type S3Service } from '@chorus/emulator-s3';
import { type CallService, ServiceError } from '../tasks/service-callers.ts';

/** Returns a caller of the local S3. */
export const callerOf =
  (service: S3Service): CallService =>
  async (operation, parameters) => {
    const ask = service.call(operation, parameters);
    if (ask === undefined)
      throw new Error(`S3 is asked for ${operation} with ${Object.keys(parameters)}`);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof S3Error) throw new ServiceError(error.code, error.message, error.status);
      throw error;
    }
  };
