import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { createCheckToken } from './check-token.ts';
import type { AuthorizerSettings } from './env.ts';
import { UnauthorizedError } from './errors.ts';

/** The answer of a Lambda authorizer. */
interface Judgement {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      {
        readonly Action: 'execute-api:Invoke';
        readonly Effect: 'Allow' | 'Deny';
        readonly Resource: string;
      },
    ];
  };
}

/**
 * Returns the policy of a caller, for the whole stage of the API: API Gateway keeps it for the token and asks it about
 * other routes as well.
 *
 * @param methodArn `arn:aws:execute-api:us-east-1:123456789012:abcdef1234/live/POST/predict/x`
 */
function judgement(principalId: string, isAllowed: boolean, methodArn: string): Judgement {
  const [api = '', stage = ''] = methodArn.split('/');
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: isAllowed ? 'Allow' : 'Deny',
          Resource: `${api}/${stage}/*`,
        },
      ],
    },
  };
}

function textOf(event: unknown, name: string): string {
  const value = typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** The scheme may be in any letters; a token has none but these. */
const bearer = /^bearer +([\w.=-]+)$/i;

/**
 * Makes the handler of a token authorizer of a REST API. A caller with a valid token for this API may call; one with a
 * token for another API is denied (403); everyone else is unknown (401).
 * `{"chorus":"ready"}` is answered once the issuer's keys are there, so that a wrong issuer is found before it is asked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function createAuthorizerHandler(settings: AuthorizerSettings): Handler {
  const { check, prepare } = createCheckToken(settings);
  return async (event, { notes }): Promise<Judgement | { ready: true }> => {
    if (isReadyEvent(event)) {
      await prepare();
      return { ready: true };
    }
    try {
      const token = bearer.exec(textOf(event, 'authorizationToken'))?.[1];
      if (token === undefined) throw new UnauthorizedError('malformed');
      const { id, isAllowed } = await check(token);
      notes['effect'] = isAllowed ? 'Allow' : 'Deny';
      return judgement(id, isAllowed, textOf(event, 'methodArn'));
    } catch (error) {
      if (error instanceof UnauthorizedError) notes['refusal'] = error.refusal;
      throw error;
    }
  };
}
