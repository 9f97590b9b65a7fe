/** A JSON Schema of draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Responses of an operation, by status. */
export type Responses = Readonly<Record<string, unknown>>;

/** The meaning of each status of a failure. */
const failures: Readonly<Record<number, string>> = {
  400: 'The request is wrong; `error` says where.',
  404: 'Nothing of that name; `error` says what there is.',
  405: 'Another method is taken here; `Allow` names it.',
  409: 'Another request is in the way: one with the same key that still runs, or the same id; `error` says which.',
  413: 'The request is too large.',
  415: 'The body is of another type than this route takes.',
  422: 'A value is outside of what makes sense for it.',
  429: 'Too many requests at once; ask again after `Retry-After` seconds.',
  500: 'The service has a fault.',
  501: 'The server does not do this.',
  502: 'A function did not answer as it should.',
  503: 'Too few models answered, or the service is not ready.',
  504: 'The deadline passed.',
};

/** The failures that a caller meets before any route, where the API asks who calls; a laptop asks nobody. */
const ofAccess: Readonly<Record<string, unknown>> = Object.fromEntries(
  [
    [
      '401',
      'On AWS: `authorization` holds no token that is valid now, where tokens are asked for.',
    ],
    ['403', 'On AWS: no key of this API, no signature, or a token for another client.'],
  ].map(([status = '', description]) => [
    status,
    { description, content: json({ $ref: '#/components/schemas/Error' }) },
  ]),
);

const id = { type: 'string', description: 'Of the request, as the header `x-request-id`' };

/** The schema of every failure's body. */
export const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    error: { type: 'string', description: 'What happened, and what to do' },
    failed: { $ref: '#/components/schemas/Failed' },
    requestId: id,
  },
  required: ['error'],
};

/** Which models of a workflow failed and why. */
export const failedSchema: JsonSchema = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    properties: {
      error: { type: 'string', description: 'A stable name' },
      message: { type: 'string' },
    },
    required: ['error', 'message'],
  },
};

/** The answer of a workflow. */
export const predictionsSchema: JsonSchema = {
  type: 'object',
  properties: {
    predictions: { type: 'array', minItems: 1 },
    models: {
      type: 'object',
      description: 'The models that answered',
      additionalProperties: {
        type: 'object',
        properties: {
          version: { type: 'string' },
          durationMs: { type: 'number', minimum: 0 },
          coldStart: { type: 'boolean' },
          attempts: { type: 'integer', minimum: 1 },
        },
        required: ['version', 'durationMs', 'coldStart', 'attempts'],
      },
    },
    failed: { $ref: '#/components/schemas/Failed' },
    requestId: id,
  },
  required: ['predictions', 'models', 'failed', 'requestId'],
};

/** The response to a request that is answered later. */
export const acceptedResponse: Responses = {
  202: {
    description: 'Accepted: the answer will be at `url`',
    content: json({
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        status: { const: 'accepted' },
        url: { type: 'string' },
        requestId: id,
      },
      required: ['id', 'status', 'url', 'requestId'],
    }),
  },
};

/** A JSON body of a response or a request. */
export function json(schema: JsonSchema, example?: unknown): Readonly<Record<string, unknown>> {
  return { 'application/json': { schema, ...(example !== undefined && { example }) } };
}

/**
 * Returns the responses of an operation.
 *
 * @param statuses those of its failures
 * @param status that of its answer
 */
export function responses(
  description: string,
  schema: JsonSchema,
  statuses: readonly number[],
  status = 200,
): Responses {
  const failed = statuses.map((status) => [
    String(status),
    {
      description: failures[status] ?? 'A failure',
      content: json({ $ref: '#/components/schemas/Error' }),
      ...(status === 429 && {
        headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'in seconds' } },
      }),
    },
  ]);
  return {
    [status]: { description, content: json(schema) },
    ...ofAccess,
    ...Object.fromEntries(failed),
  };
}
