/** What the API's document says about the routes to functions. */

import type { RouteDocument } from '@chorus/blueprint';

export const uploadsDocument: RouteDocument = {
  summary: 'Signs a URL that takes one photo of this type and size',
  body: {
    type: 'object',
    properties: {
      contentType: { type: 'string', description: 'image/jpeg, image/png, image/webp, …' },
      bytes: { type: 'integer', minimum: 1, description: 'exact size of the photo' },
    },
    required: ['contentType', 'bytes'],
    additionalProperties: false,
  },
  example: { contentType: 'image/jpeg', bytes: 123_456 },
  answer: {
    type: 'object',
    properties: {
      url: { type: 'string', description: 'PUT the photo there' },
      key: { type: 'string', description: 'what a request names the photo by' },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      expiresAt: { type: 'string', format: 'date-time' },
    },
    required: ['url', 'key', 'headers', 'expiresAt'],
  },
  failures: [400, 405, 413, 415, 429, 500, 502, 504],
};

const value = { type: ['string', 'number', 'null'], maxLength: 200 };

export const labelsDocument: RouteDocument = {
  summary: 'Keeps what a person says about an answer; what is said last counts',
  body: {
    type: 'object',
    properties: {
      workflow: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' },
      requestId: {
        type: 'string',
        pattern: '^[A-Za-z0-9_-]{1,80}$',
        description: "the answer's own",
      },
      right: { type: 'boolean' },
      predicted: { ...value, description: 'a class, a number, or null for none' },
      truth: { ...value, description: 'what is true instead' },
    },
    required: ['workflow', 'requestId', 'right'],
    additionalProperties: false,
  },
  example: {
    workflow: 'animal',
    requestId: '57f4c49d-b320-44db-84dc-45b4bb59c066',
    right: false,
    predicted: 'cat',
    truth: 'dog',
  },
  answer: { type: 'object' },
  status: 202,
  failures: [400, 405, 413, 415, 429, 500, 502, 503, 504],
};

export const reviewDocument: RouteDocument = {
  summary: 'Gives what was kept of a text under its id',
  parameters: [
    {
      name: 'id',
      in: 'path',
      description: 'that the request had, or its answer names',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,80}$' },
      example: 'order-17',
    },
  ],
  answer: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      label: { type: ['string', 'null'], enum: ['positive', 'negative', null] },
      probability: { type: ['number', 'null'], minimum: 0.5, maximum: 1 },
      summary: { type: 'array', items: { type: 'string' }, minItems: 1 },
      decision: {
        type: 'object',
        properties: {
          by: { type: 'string' },
          because: { type: 'string', enum: ['accepted', 'rejected', 'failed', 'kept'] },
        },
        required: ['by', 'because'],
      },
      storedAt: { type: 'string', format: 'date-time' },
    },
    required: ['id', 'label', 'probability', 'summary', 'decision', 'storedAt'],
  },
  failures: [400, 404, 405, 429, 500, 502, 503, 504],
};
