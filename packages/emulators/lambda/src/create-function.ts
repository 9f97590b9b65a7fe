import { accountId, region } from '@chorus/emulator-aws';
import { conflict, invalidParameter, invalidValue, LambdaError, notDone } from './errors.ts';
import { changeSettings, newRevision } from './functions.ts';
import type { LocalFunction } from './local-function.ts';

/** A program that functions are created from, under the name of its image. */
export type FunctionImage = Pick<LocalFunction, 'program' | 'concurrency'>;

/** The images that functions may be created from, by name: `chorus-onnx-model:local`. */
export type FunctionImages = Readonly<Record<string, FunctionImage>>;

/** A CreateFunction request. */
export interface CreateFunctionRequest {
  readonly FunctionName?: string;
  readonly Role?: string;
  readonly Code?: { readonly ImageUri?: string };
  readonly PackageType?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly Publish?: boolean;
}

/** Lambda's own values for what a request leaves out. */
const defaults = { memoryMb: 128, timeoutSeconds: 3 };

const functionName =
  /^(?:arn:aws[\w-]*:lambda:(?<region>[a-z]{2}[\w-]*-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[\w-]+)$/;
const role = /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[\w+=,.@/-]+$/;

function missing(parameter: string): LambdaError {
  return new LambdaError(
    'ValidationException',
    400,
    `1 validation error detected: Value null at '${parameter}' failed to satisfy constraint: Member must not be null`,
  );
}

/** Returns the name in a function's name, partial ARN or ARN. */
function nameOf({ FunctionName }: CreateFunctionRequest): string {
  if (FunctionName === undefined) throw missing('functionName');
  const match = functionName.exec(FunctionName)?.groups;
  if (match?.['name'] === undefined)
    throw invalidValue(
      'functionName',
      FunctionName,
      'regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)',
    );
  const isElsewhere =
    (match['region'] ?? region) !== region || (match['account'] ?? accountId) !== accountId;
  if (isElsewhere)
    throw invalidParameter(`FunctionName ${FunctionName} is of another region or account`);
  if (match['name'].length > 64)
    throw invalidParameter(
      `1 validation error detected: Value '${match['name']}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  return match['name'];
}

function checkRole({ Role }: CreateFunctionRequest): void {
  if (Role === undefined) throw missing('role');
  if (!role.test(Role))
    throw invalidValue(
      'role',
      Role,
      'regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    );
}

/** Returns the image that a request names, and its program. */
function imageOf(
  { Code, PackageType = 'Zip' }: CreateFunctionRequest,
  images: FunctionImages,
): FunctionImage & { readonly image: string } {
  if (PackageType !== 'Image')
    throw notDone(
      `PackageType ${PackageType} in CreateFunction: functions are created from images`,
    );
  if (Code === undefined) throw missing('code');
  const { ImageUri: image } = Code;
  if (image === undefined)
    throw invalidParameter('Please provide Code.ImageUri when PackageType is Image.');
  const found = Object.hasOwn(images, image) ? images[image] : undefined;
  if (found === undefined)
    throw invalidParameter(
      `Source image ${image} does not exist. Provide a valid source image. The local cloud has ${Object.keys(images).join(', ') || 'none'}.`,
    );
  return { ...found, image };
}

/**
 * Returns the function that a request asks for. Its program is that of the image; the role is checked in form only, since
 * nothing here has rights of its own.
 *
 * @throws {LambdaError} ValidationException or InvalidParameterValueException, naming the field;
 *   ResourceConflictException if there is one of that name
 */
export function functionToCreate(
  request: CreateFunctionRequest,
  images: FunctionImages,
  isThere: (name: string) => boolean,
): LocalFunction & { readonly image: string } {
  const name = nameOf(request);
  checkRole(request);
  const { MemorySize, Timeout, Description, Environment } = request;
  const { environment, memoryMb, timeoutSeconds, description } = changeSettings(
    { ...defaults, environment: {}, description: '', ...newRevision() },
    {
      ...(MemorySize !== undefined && { MemorySize }),
      ...(Timeout !== undefined && { Timeout }),
      ...(Description !== undefined && { Description }),
      ...(Environment !== undefined && { Environment }),
    },
  );
  const image = imageOf(request, images);
  if (isThere(name)) throw conflict(`Function already exist: ${name}`);
  return { name, ...image, memoryMb, timeoutSeconds, description, environment };
}
