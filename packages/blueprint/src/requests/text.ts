import { type InferRequest, PayloadTooLargeError } from '@chorus/protocol';
import { jsonata } from '../jsonata.ts';
import { maxInputBytes } from '../limits.ts';
import { theRequest } from '../ports.ts';
import { curlLine } from './curl-line.ts';
import type { Request } from './request.ts';

const spec = { name: 'text', datatype: 'BYTES', shape: [1] } as const;

/** A half of a surrogate pair without the other one, as JSONata's regular expressions find it. */
const halfPair = '/[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]/';

/** Names that a caller may give to a question, and that an execution has. */
const idPattern = '^[A-Za-z0-9_-]{1,80}$';

/** What a caller may say, and for how much of it. */
export interface TextOptions {
  /** Longest text, in bytes of UTF-8. */
  readonly maxBytes: number;
  /** The caller may give the question an `id` of its own; steps read it as `$id`, and without one it is the execution's name. @default false */
  readonly id?: boolean;
}

/** JSONata of what is wrong with the body, as `{statusCode, error}`; null when nothing is. */
function problemOfInput({ maxBytes, id = false }: TextOptions): string {
  const members = ['text', ...(id ? ['id'] : []), 'parameters'];
  const there = `${members.slice(0, -1).join(', ')} and ${members.at(-1)}`;
  const problemOfId = id
    ? `: $exists($id) and $type($id) != "string" ? $refuse(400, "id: expected a text, got " & $type($id))
    : $exists($id) and $not($contains($id, /${idPattern}/))
      ? $refuse(400, "id: expected 1 to 80 letters, digits, hyphens or underscores")`
    : '';
  // Half of a pair has no UTF-8: measuring it would fail the execution, and the caller would hear of an internal error.
  // Bytes of UTF-8: what a character is written as in a URI has a percent sign for each of its bytes that is not ASCII.
  return `(
    $body := $states.input;
    $isObject := $type($body) = "object";
    $unknown := $isObject ? $keys($body)[$not($ in ${JSON.stringify(members)})];
    $text := $isObject ? $lookup($body, "text");
    ${id ? '$id := $isObject ? $lookup($body, "id");' : ''}
    $parameters := $isObject ? $lookup($body, "parameters");
    $timeout := $type($parameters) = "object" ? $lookup($parameters, "timeout");
    $refuse := function($statusCode, $error) { { "statusCode": $statusCode, "error": $error } };
    $isWhole := $type($text) = "string" ? $not($contains($text, ${halfPair}));
    $bytes := $isWhole = true ? $length($replace($encodeUrlComponent($text), /%../, "_"));
    $not($isObject) ? $refuse(400, "expected a JSON object with text, got " & $type($body))
    : $count($unknown) > 0
      ? $refuse(400, "unknown " & $substring($join($unknown, ", "), 0, 400) & "; there are ${there}")
    : $not($exists($text)) ? $refuse(400, "missing text")
    : $type($text) != "string" ? $refuse(400, "text: expected a text, got " & $type($text))
    : $not($isWhole) ? $refuse(400, "text: half of a surrogate pair; send well-formed Unicode")
    : $text = "" ? $refuse(400, "text: expected a text, got an empty one")
    : $bytes > ${maxBytes} ? $refuse(413, "text: " & $bytes & " bytes; at most ${maxBytes} per request")
    ${problemOfId}
    : $exists($parameters) and $type($parameters) != "object"
      ? $refuse(400, "parameters: expected an object, got " & $type($parameters))
    : $exists($timeout) and $not($type($timeout) = "number" and $timeout > 0)
      ? $refuse(400, "parameters.timeout: expected a positive number of microseconds")
    : null
  )`;
}

const textOf = ({ inputs }: InferRequest): string => String(inputs[0]?.data[0] ?? '');

/**
 * A request about one text, `{"text": "…"}`. Steps read it as the BYTES tensor `text`, and in expressions as `$text`. An `id`
 * is a parameter in the Open Inference Protocol, since the id of a request there only names the request.
 */
export function text(options: TextOptions): Request {
  const { maxBytes, id = false } = options;
  return {
    noun: 'a text',
    bodySchema: {
      type: 'object',
      properties: {
        text: { type: 'string', minLength: 1, description: `at most ${maxBytes} bytes of UTF-8` },
        ...(id && {
          id: {
            type: 'string',
            pattern: idPattern,
            description: 'of your own; without it the request has one',
          },
        }),
        parameters: {
          type: 'object',
          properties: {
            timeout: { type: 'number', exclusiveMinimum: 0, description: 'in microseconds' },
          },
        },
      },
      required: ['text'],
      additionalProperties: false,
    },
    members: {
      text: { types: ['string'] },
      ...(id && { id: { types: ['string'] } as const }),
      parameters: { types: ['object'] },
    },
    inputs: [spec],
    maxBatch: 1,
    reading: {
      read: { problem: jsonata(problemOfInput(options)) },
      accepts: '$problem = null',
      assign: {
        text: jsonata('$states.input.text'),
        ...(id && {
          id: jsonata(
            '$exists($states.input.id) ? $states.input.id : $states.context.Execution.Name',
          ),
        }),
      },
      rejects: {
        statusCode: jsonata('$problem.statusCode'),
        body: {
          error: jsonata('$problem.error'),
          requestId: jsonata('$states.context.Execution.Name'),
        },
      },
      readables: [
        { port: spec, from: theRequest, value: { ...spec, data: [jsonata('$text')] } },
        ...(id
          ? [
              {
                port: { name: 'id', datatype: 'JSON' } as const,
                from: theRequest,
                value: jsonata('$id'),
              },
            ]
          : []),
      ],
      rows: '1',
    },
    reworded: `$replace($message, /^inputs\\[0\\] "[^"]*", element \\[0\\]/, "text")`,
    async inputOf(request, means) {
      const given = request.parameters?.['id'];
      const input = JSON.stringify({
        text: textOf(request),
        // The execution may have the name of the request, which says nothing about the text.
        ...(id && { id: given ?? means.requestId }),
        parameters: { timeout: means.timeout() },
      });
      const bytes = Buffer.byteLength(input);
      if (bytes > maxInputBytes)
        throw new PayloadTooLargeError(
          `the text makes ${bytes} bytes; a workflow takes at most ${maxInputBytes}`,
        );
      return input;
    },
    options: [],
    bodyOf: (terminal) => terminal.text(),
    invitation: ({ url, workflow, example }) => `
Ask about a text:

  ${curlLine(url, workflow, example)}
`,
    inferOf: (body) => ({
      ...(typeof body['id'] === 'string' && { parameters: { id: body['id'] } }),
      inputs: [{ ...spec, data: [String(body['text'])] }],
    }),
  };
}
