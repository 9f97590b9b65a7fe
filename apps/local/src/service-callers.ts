import type {
  GetObjectCommandInput,
  ListObjectsV2CommandInput,
  PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Credentials } from '@chorus/emulator-aws';
import { region } from '@chorus/emulator-aws';
import { DynamoApiError, type DynamodbService } from '@chorus/emulator-dynamodb';
import { FileError } from '@chorus/emulator-files';
import { MessagingApiError, type QueuesService } from '@chorus/emulator-queues';
import { S3Error, type S3Service } from '@chorus/emulator-s3';
import {
  type CallService,
  type ServiceCallers,
  type ServiceData,
  ServiceError,
} from '@chorus/emulator-states';

const callDynamodb =
  (service: Pick<DynamodbService, 'run'>): CallService =>
  async (operation, parameters) => {
    try {
      return await service.run(operation, parameters);
    } catch (error) {
      if (error instanceof DynamoApiError)
        throw new ServiceError(error.name, error.message, 400, { cause: error });
      if (error instanceof FileError)
        throw new ServiceError('InternalServerError', error.message, 500, { cause: error });
      throw error;
    }
  };

/** @throws {ServiceError} for what SQS or SNS answer instead of success */
async function callMessaging(ask: () => unknown): Promise<ServiceData> {
  try {
    return Object(await ask());
  } catch (cause) {
    if (cause instanceof MessagingApiError)
      throw new ServiceError(cause.name, cause.message, cause.status, { cause });
    if (cause instanceof FileError)
      throw new ServiceError('InternalError', cause.message, 500, { cause });
    throw cause;
  }
}

/** Sends an operation; its parameters have been checked by name and type. */
async function send(
  client: S3Client,
  operation: string,
  parameters: ServiceData,
  abortSignal: AbortSignal,
): Promise<ServiceData> {
  const sdk = await import('@aws-sdk/client-s3');
  const options = { abortSignal };
  const inBucket = { ...parameters, Bucket: String(parameters['Bucket']) };
  const ofObject = { ...inBucket, Key: String(parameters['Key']) };
  switch (operation) {
    case 'GetObject': {
      const command = new sdk.GetObjectCommand(ofObject as GetObjectCommandInput);
      return { ...(await client.send(command, options)) };
    }
    case 'PutObject': {
      const command = new sdk.PutObjectCommand(ofObject as PutObjectCommandInput);
      return { ...(await client.send(command, options)) };
    }
    case 'ListObjectsV2': {
      const command = new sdk.ListObjectsV2Command(inBucket as ListObjectsV2CommandInput);
      return { ...(await client.send(command, options)) };
    }
    default:
      throw new Error(`S3 is not asked for ${operation}`);
  }
}

/** Asks S3 in this process. */
async function callHere(ask: () => Promise<ServiceData>): Promise<ServiceData> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof S3Error)
      throw new ServiceError(cause.code, cause.message, cause.status, { cause });
    if (cause instanceof FileError)
      throw new ServiceError('InternalError', cause.message, 500, { cause });
    throw cause;
  }
}

/** Asks S3: in this process for what is usual, else through its API, whose client is loaded for the first task that needs it. */
function callS3(
  service: Pick<S3Service, 'call'>,
  url: string,
  credentials: Credentials,
): { call: CallService; close(): void } {
  let client: S3Client | undefined;
  const call: CallService = async (operation, parameters, signal) => {
    const ask = service.call(operation, parameters);
    if (ask) return callHere(ask);
    const { S3Client, S3ServiceException } = await import('@aws-sdk/client-s3');
    client ??= new S3Client({
      endpoint: url,
      region,
      credentials,
      forcePathStyle: true,
      // An answer has checksums only when a task asks for them (recorded on AWS).
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    try {
      const { $metadata: _, ...answer } = await send(client, operation, parameters, signal);
      return answer;
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      const status = error.$metadata.httpStatusCode ?? error.$response?.statusCode ?? 400;
      throw new ServiceError(error.name, error.message, status, { cause: error });
    }
  };
  return { call, close: () => client?.destroy() };
}

/** The services that workflows' tasks can ask besides functions, until they are closed. */
interface OpenedCallers {
  readonly callers: ServiceCallers;
  close(): void;
}

/** The services that tasks may ask, in this process. */
interface Asked {
  readonly dynamodb: Pick<DynamodbService, 'run'>;
  readonly s3: Pick<S3Service, 'call'>;
  readonly queues: Pick<QueuesService, 'sns' | 'sqs'>;
}

/**
 * Returns the callers of the services that tasks may ask.
 *
 * @param url of S3 and SQS: `http://127.0.0.1:8787`
 * @param around what stands between tasks and a service
 */
export function openCallers(
  { dynamodb, s3: objects, queues }: Asked,
  url: string,
  credentials: Credentials,
  around: Readonly<Record<'dynamodb' | 'sqs', (call: CallService) => CallService>>,
): OpenedCallers {
  const s3 = callS3(objects, url, credentials);
  return {
    callers: {
      dynamodb: around.dynamodb(callDynamodb(dynamodb)),
      s3: s3.call,
      sns: (operation, given) => callMessaging(() => queues.sns(operation, given)),
      sqs: around.sqs((operation, given, signal) =>
        callMessaging(() => queues.sqs(operation, given, url, signal)),
      ),
    },
    close: s3.close,
  };
}
