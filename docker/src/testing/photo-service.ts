import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

const classifier = resolve(import.meta.dirname, '../../../packages/models/image-classifier');
const key = 'uploads/2026-11-22/cat.jpg';
const bucket = 'photos';

/** 8 x 8 green pixels, by their EXIF taken in Nairobi. */
const nairobi =
  '/9j/4QEuRXhpZgAASUkqAAgAAAAHABIBAwABAAAAAQAAABoBBQABAAAAYgAAABsBBQABAAAAagAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmH' +
  'BAABAAAAcgAAACWIBAABAAAAwAAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMA' +
  'AQAAAP//AAACoAQAAQAAAAgAAAADoAQAAQAAAAgAAAAAAAAABAABAAIAAgAAAFMAAAACAAUAAwAAAA4BAAADAAIAAgAAAEUAAAAEAAUAAwAAAPYA' +
  'AAAAAAAAJAAAAAEAAAAxAAAAAQAAAFwHAABkAAAAAQAAAAEAAAARAAAAAQAAAFQMAABkAAAA/9sAQwAUDg8SDw0UEhASFxUUGB4yIR4cHB49LC4k' +
  'MklATEtHQEZFUFpzYlBVbVZFRmSIZW13e4GCgU5gjZeMfZZzfoF8/9sAQwEVFxceGh47ISE7fFNGU3x8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8' +
  'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8/8AAEQgACAAIAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAF/8QAFBABAAAAAAAAAAAAAAAA' +
  'AAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCUAPFP/9k=';

/** A function of the photo service, and something it has to answer. */
export interface PhotoCase {
  readonly name: string;
  readonly what: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** The members that its answer must have; with `errorType` it is a failure. */
  readonly answer: Readonly<Record<string, unknown>>;
}

const photo = (type: string, element: string) => ({
  inputs: [
    {
      name: 'image',
      datatype: 'BYTES',
      shape: [1],
      parameters: { content_type: type },
      data: [element],
    },
  ],
});

/** Puts a photo and the classifier's own weights into a store. @returns events that show that an image is whole */
export function photoCases(objects: Map<string, Uint8Array>, host: string): readonly PhotoCase[] {
  const cat = readFileSync(join(classifier, 'photos/cat-chelsea.jpg'));
  objects.set(`${bucket}/${key}`, cat);
  for (const file of ['model.onnx', 'manifest.json'])
    objects.set(
      `weights/models/image-classifier/v1/${file}`,
      readFileSync(join(classifier, 'weights', file)),
    );
  const account = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: `http://${host}`,
    UPLOADS_BUCKET: bucket,
  };
  const weights = { MODEL_BUCKET: 'weights', MODEL_KEY: 'models/image-classifier/v1/model.onnx' };
  const seesACat = {
    model_name: 'image-classifier',
    outputs: expect.arrayContaining([expect.objectContaining({ name: 'label', data: ['cat'] })]),
  };
  const nowhere = {
    FEATURES_DATABASE_URL: 'postgres://features:none@127.0.0.1:1/features',
    FEATURES_CACHE_URL: 'redis://127.0.0.1:1',
  };
  return [
    {
      name: 'image-classifier',
      what: 'says what is in a photo of the request',
      environment: { ...account, ...weights },
      event: photo('base64', cat.toString('base64')),
      answer: seesACat,
    },
    {
      name: 'image-classifier',
      what: 'says what is in a photo that was uploaded',
      environment: { ...account, ...weights },
      event: photo('key', key),
      answer: seesACat,
    },
    {
      name: 'locate',
      what: 'says where a photo was taken',
      environment: account,
      event: { image: nairobi },
      answer: {
        location: { lat: expect.closeTo(-1.2921, 4), lon: expect.closeTo(36.8219, 4) },
      },
    },
    {
      name: 'uploads',
      what: 'signs a URL',
      environment: account,
      event: {
        path: '/uploads',
        httpMethod: 'POST',
        requestContext: { requestId: 'r' },
        body: JSON.stringify({ contentType: 'image/jpeg', bytes: cat.length }),
        isBase64Encoded: false,
      },
      answer: { statusCode: 200, body: expect.stringContaining('X-Amz-Signature=') },
    },
    {
      name: 'features',
      what: 'says which database is missing, with both of its clients at hand',
      environment: { ...account, ...nowhere },
      event: { lat: -1.29, lon: 36.8 },
      answer: { errorType: 'FeaturesUnavailableError' },
    },
  ];
}
