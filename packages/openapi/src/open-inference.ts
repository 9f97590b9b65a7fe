import { datatypes } from '@chorus/protocol';
import { type JsonSchema, json, type Responses, responses } from './answers.ts';

const parameters = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
};

const tensor = {
  name: { type: 'string' },
  datatype: { enum: [...datatypes] },
  shape: { type: 'array', items: { type: 'integer', minimum: 0 } },
  parameters,
};

const tensorMetadata = {
  type: 'object',
  properties: { ...tensor, shape: { type: 'array', items: { type: 'integer', minimum: -1 } } },
  required: ['name', 'datatype', 'shape'],
};

const elements = { type: 'array', description: 'Flat and row-major, or nested as the shape' };

/** Schemas of the Open Inference Protocol (KServe v2), `inference_rest.md`. */
export const openInferenceSchemas: Readonly<Record<string, JsonSchema>> = {
  ServerMetadata: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      version: { type: 'string' },
      extensions: { type: 'array', items: { type: 'string' } },
    },
    required: ['name', 'version', 'extensions'],
  },
  ModelMetadata: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      versions: { type: 'array', items: { type: 'string' } },
      platform: { type: 'string' },
      inputs: { type: 'array', items: tensorMetadata },
      outputs: { type: 'array', items: tensorMetadata },
    },
    required: ['name', 'platform', 'inputs', 'outputs'],
  },
  InferRequest: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      parameters: {
        ...parameters,
        properties: { timeout: { type: 'integer', minimum: 0, description: 'in microseconds' } },
      },
      inputs: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { ...tensor, data: elements },
          required: ['name', 'datatype', 'shape'],
        },
      },
      outputs: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: tensor.name, parameters },
          required: ['name'],
        },
      },
    },
    required: ['inputs'],
  },
  InferResponse: {
    type: 'object',
    properties: {
      model_name: { type: 'string' },
      model_version: { type: 'string' },
      id: { type: 'string' },
      parameters,
      outputs: {
        type: 'array',
        items: {
          type: 'object',
          properties: { ...tensor, data: elements },
          required: ['name', 'datatype', 'shape'],
        },
      },
    },
    required: ['model_name', 'outputs'],
  },
};

const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** A schema of `{name: boolean}` and what else belongs to it. */
const flags = (...names: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: {
    ...Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    name: { type: 'string' },
    error: { type: 'string' },
  },
  required: names,
});

const notReady = (schema: JsonSchema) => ({
  description: 'Not ready; `error` says why.',
  content: json({ anyOf: [schema, reference('Error')] }),
});

/** Every failure that a model or a workflow may answer a request with. */
const ofInference = [400, 404, 405, 413, 415, 422, 429, 500, 502, 503, 504];
const ofQuestions = [400, 404, 405, 429, 500, 502, 503, 504];

function get(summary: string, answer: Responses, path: readonly object[] = []): JsonSchema {
  return { summary, tags: ['Open Inference Protocol'], parameters: path, responses: answer };
}

/**
 * Returns the paths of the Open Inference Protocol.
 *
 * @param names of the models and workflows that are served
 */
export function openInferencePaths(names: readonly string[]): Readonly<Record<string, unknown>> {
  const model = { name: 'model', in: 'path', required: true, schema: { enum: [...names] } };
  const readiness = flags('ready');
  const ready = {
    ...responses('Whether it is ready', readiness, ofQuestions),
    '503': notReady(readiness),
  };
  const infer = {
    summary: 'Asks a model or a workflow, by tensors',
    tags: ['Open Inference Protocol'],
    parameters: [model],
    requestBody: {
      required: true,
      content: {
        ...json(reference('InferRequest')),
        'application/octet-stream': {
          schema: { type: 'string', contentEncoding: 'binary' },
        },
      },
    },
    responses: responses('The outputs', reference('InferResponse'), ofInference),
  };
  return {
    '/v2': {
      get: get('Server metadata', responses('Metadata', reference('ServerMetadata'), ofQuestions)),
    },
    '/v2/health/live': {
      get: get('Whether the server lives', responses('It lives', flags('live'), ofQuestions)),
    },
    '/v2/health/ready': {
      get: get('Whether every model is deployed', ready),
    },
    '/v2/models': {
      get: get(
        'Names of models and workflows',
        responses(
          'The names',
          {
            type: 'object',
            properties: { models: { type: 'array', items: { type: 'string' } } },
            required: ['models'],
          },
          ofQuestions,
        ),
      ),
    },
    '/v2/models/{model}': {
      get: get(
        'What a model takes and gives',
        responses('Metadata', reference('ModelMetadata'), ofQuestions),
        [model],
      ),
    },
    '/v2/models/{model}/ready': { get: get('Whether a model is ready', ready, [model]) },
    '/v2/models/{model}/infer': { post: infer },
  };
}
