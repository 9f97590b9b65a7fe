/** The call that a webhook gets once a request is answered. */

import { type ParameterDocument, webhookQuery } from '@chorus/blueprint';
import { json } from './answers.ts';

/** The parameter of a route that says which URL is told of the answer. */
export const webhookParameter: ParameterDocument = {
  name: webhookQuery,
  in: 'query',
  description:
    'With async=1: the URL that is told of the answer, signed as Standard Webhooks says, at least once. Its origin and path have to be registered (`chorus webhooks add`); its query is free',
  schema: { type: 'string', format: 'uri', maxLength: 2000 },
};

const header = (name: string, description: string, schema: object) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema,
});

/**
 * The operation that a URL of `webhook` is called by.
 *
 * @see https://www.standardwebhooks.com
 */
export const webhookCallback: Readonly<Record<string, unknown>> = {
  answered: {
    [`{$request.query.${webhookQuery}}`]: {
      post: {
        summary: 'Tells the answer of a request that was sent with ?async=1',
        parameters: [
          header(
            'webhook-id',
            'The id of the request, and the number of its replay behind a hyphen where it was replayed; the same in every attempt',
            { type: 'string' },
          ),
          header('webhook-timestamp', 'Of the attempt, in seconds of Unix time', {
            type: 'string',
            pattern: '^\\d+$',
          }),
          header(
            'webhook-signature',
            'v1, a comma, and the HMAC-SHA256 of id.timestamp.body in base64',
            { type: 'string' },
          ),
        ],
        requestBody: {
          required: true,
          description:
            'As `/predictions/{id}` answers: the predictions, or the error of a request that failed for good, with its `id`',
          content: json({
            anyOf: [
              { $ref: '#/components/schemas/Predictions' },
              { $ref: '#/components/schemas/Error' },
            ],
          }),
        },
        responses: {
          '2XX': { description: 'It was received' },
          410: { description: 'It is not wanted: there is no other attempt' },
          default: { description: 'There are nine more attempts within 18 hours at most' },
        },
      },
    },
  },
};
