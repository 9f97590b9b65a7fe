import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { InvocationError } from '../errors.ts';
import { liveAlias } from '../names.ts';

/**
 * Asks the live version of a function and waits for its answer.
 *
 * @param functionName as AWS has it
 * @throws {InvocationError} if the function fails, with what it said
 */
export async function invokeLive(
  lambda: LambdaClient,
  functionName: string,
  event: unknown,
): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      Qualifier: liveAlias,
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError === undefined) return answer;
  const { errorType = FunctionError, errorMessage = '' } = Object(answer) as Record<string, string>;
  throw new InvocationError(
    `${functionName} failed on ${JSON.stringify(event)}: ${errorType}: ${errorMessage}`,
    errorType,
  );
}
