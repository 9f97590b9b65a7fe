import {
  ContentHandling,
  type IResource,
  type MethodResponse,
  MockIntegration,
  PassthroughBehavior,
} from 'aws-cdk-lib/aws-apigateway';

/** Headers that a page may send: a key, a token or a signature, a key of the request, a trace, and those of the Open Inference Protocol. */
const sent =
  'content-type,authorization,x-api-key,idempotency-key,traceparent,inference-header-content-length,x-amz-date,x-amz-security-token,x-amz-content-sha256';

/** Headers of an answer that a page may read. */
const exposed = 'x-request-id,retry-after,traceparent,inference-header-content-length';

/** How long a browser keeps the answer, in seconds; Chromium keeps none longer. */
const keptSeconds = 7200;

type Parameters = Readonly<Record<string, string>>;

/** Returns headers as API Gateway writes them: a text in quotes. */
function quoted(headers: Readonly<Record<string, string>>, prefix: string): Parameters {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, `'${value}'`]),
  );
}

/** The headers of an answer to a page of the first origin; the template below names the other ones. */
function headersOf([first = '']: readonly string[]): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Origin': first,
    'Access-Control-Expose-Headers': exposed,
    Vary: 'Origin',
  };
}

/**
 * Returns the Velocity that puts a page's own origin into an answer, if it is one of several that may call. It writes
 * nothing else.
 */
export function originTemplate(origins: readonly string[]): string {
  return origins
    .slice(1)
    .map(
      (origin) =>
        `#if($input.params().header.get("Origin") == "${origin}" || $input.params().header.get("origin") == "${origin}")#set($context.responseOverride.header.Access-Control-Allow-Origin = "${origin}")#end`,
    )
    .join('');
}

/** Returns the headers of an integration's answer by which pages of these origins may read it. */
export function answerHeaders(origins: readonly string[]): Parameters {
  return origins.length === 0 ? {} : quoted(headersOf(origins), 'method.response.header.');
}

/** Returns the headers that a method has to declare. */
export function declared(headers: Parameters): MethodResponse['responseParameters'] {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, true]));
}

/**
 * Returns the headers of answers that API Gateway gives itself. They cannot depend on the request, so they name the first
 * origin: a page of another one is told that the request failed, and not why.
 */
export function gatewayHeaders(origins: readonly string[]): Parameters | undefined {
  return origins.length === 0 ? undefined : quoted(headersOf(origins), '');
}

/**
 * Adds the answer to what browsers ask before a page's request. It needs no credentials, since browsers send none.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export function addPreflight(
  resource: IResource,
  methods: readonly string[],
  origins: readonly string[],
): void {
  const json = 'application/json';
  const headers = quoted(
    {
      ...headersOf(origins),
      'Access-Control-Allow-Headers': sent,
      'Access-Control-Allow-Methods': methods.join(','),
      'Access-Control-Max-Age': String(keptSeconds),
    },
    'method.response.header.',
  );
  resource.addMethod(
    'OPTIONS',
    new MockIntegration({
      // Everything is listed as binary for the sake of /v2, and a template needs text.
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { [json]: '{"statusCode":204}' },
      integrationResponses: [
        {
          statusCode: '204',
          contentHandling: ContentHandling.CONVERT_TO_TEXT,
          responseParameters: { ...headers },
          responseTemplates: { [json]: originTemplate(origins) },
        },
      ],
    }),
    {
      apiKeyRequired: false,
      methodResponses: [{ statusCode: '204', responseParameters: { ...declared(headers) } }],
    },
  );
}
