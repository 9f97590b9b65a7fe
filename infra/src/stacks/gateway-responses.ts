import { apiTimeoutSeconds } from '@chorus/blueprint';
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { StageOptions } from '../options.ts';
import { gatewayHeaders } from './cross-origin.ts';

/** `$context.error.messageString` is API Gateway's own message, with its quotes. */
const ownMessage = '$context.error.messageString';

interface Answer {
  readonly type: ResponseType;
  /**
   * Not of a fault of the service: with a status of our own API Gateway would count it as 4xx, and no alarm would go off.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
   * @default that of API Gateway
   */
  readonly status?: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answers of API Gateway itself, without an integration; `{"error": …}` as everywhere else. */
const answers: readonly Answer[] = [
  { type: ResponseType.DEFAULT_4XX, message: ownMessage },
  { type: ResponseType.DEFAULT_5XX, message: ownMessage },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    message:
      'the body is not what this path takes, which is a JSON object; GET /v2/models/<workflow> tells what is in it',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    message: 'the body is larger than API Gateway takes; send fewer rows, or a photo by its key',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    message: "content-type: expected application/json (curl: -H 'content-type: application/json')",
  },
  { type: ResponseType.THROTTLED, status: 429, message: 'too many requests at once; try again' },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    message: 'the quota of this API key is used up',
  },
  {
    type: ResponseType.INVALID_API_KEY,
    status: 403,
    message: 'the x-api-key header is missing or holds no key of this API',
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    message: `no answer within the ${apiTimeoutSeconds} seconds that API Gateway waits`,
  },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    message: 'what answers this path cannot be reached; try again',
  },
];

/** An unknown path; but with IAM, a request without a signature is answered in the same way. */
const unknownPath: Answer = {
  type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
  status: 404,
  message: 'nothing at this path with this method; the Open Inference Protocol begins at /v2',
};

/** The answers to callers whose token does not let them in, or cannot be judged. */
const ofTokens: readonly Answer[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    message: 'authorization: expected "Bearer" and a token that is valid now',
    headers: { 'WWW-Authenticate': "'Bearer'" },
  },
  {
    type: ResponseType.ACCESS_DENIED,
    status: 403,
    message: 'the token is for another client than those of this API',
  },
  {
    type: ResponseType.AUTHORIZER_FAILURE,
    message: 'the token cannot be judged right now; try again',
  },
  {
    type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    message: 'the token cannot be judged right now; try again',
  },
];

function answersWith({ access = 'api-key' }: StageOptions): readonly Answer[] {
  return [
    ...answers,
    ...(access === 'iam' ? [] : [unknownPath]),
    ...(access === 'jwt' ? ofTokens : []),
  ];
}

/** Gives the API's own answers the body that clients expect of every error. */
export function addGatewayResponses(api: RestApi, stage: StageOptions): void {
  const shared = gatewayHeaders(stage.origins ?? []);
  for (const { type, status, message, headers } of answersWith(stage)) {
    const text = message === ownMessage ? message : JSON.stringify(message);
    const responseHeaders = { ...shared, ...headers };
    api.addGatewayResponse(`Gateway-${type.responseType}`, {
      type,
      ...(status !== undefined && { statusCode: String(status) }),
      ...(Object.keys(responseHeaders).length > 0 && { responseHeaders }),
      templates: { 'application/json': `{"error":${text},"requestId":"$context.requestId"}` },
    });
  }
}
