import { gatewayName } from './functions.ts';
import type { RouteSpec } from './types.ts';

/**
 * Returns the route that asks one model in plain JSON, by the model's name: `POST /predict/<model>`. Workflows have routes
 * of their own, and those come first. The gateway answers it for the models that its links let it call.
 */
export function routeToModels(): RouteSpec {
  return {
    method: 'POST',
    path: '/predict/{model}',
    function: gatewayName,
    document: {
      summary: 'Asks one model for predictions, in plain JSON with the names of its features',
      body: {
        type: 'object',
        description:
          'One row by the names of its features, or {"instances": [row, …]}, or nested arrays by the names of the inputs',
        minProperties: 1,
      },
      answer: {
        type: 'object',
        properties: {
          predictions: { type: 'array', description: 'One for each row' },
          outputs: { type: 'object', description: 'Outputs that are not of one row each' },
          model: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              version: { type: 'string' },
              durationMs: { type: 'number', minimum: 0 },
              coldStart: { type: 'boolean' },
            },
            required: ['name', 'version', 'durationMs', 'coldStart'],
          },
          requestId: { type: 'string' },
        },
        required: ['model', 'requestId'],
      },
      failures: [400, 404, 405, 413, 415, 422, 429, 500, 502, 503, 504],
    },
  };
}
