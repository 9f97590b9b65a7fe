import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { tellGateway } from './new-function.ts';

/** Lambda with a gateway that another command changes as often as `refusals` has names. */
function busyLambda(refusals: string[]) {
  let functions: Record<string, string> = {};
  const send = async (command: unknown): Promise<unknown> => {
    const variables = { MODEL_FUNCTIONS: JSON.stringify(functions) };
    if (command instanceof GetFunctionConfigurationCommand)
      return { Environment: { Variables: variables }, RevisionId: '1', State: 'Active' };
    if (command instanceof GetFunctionCommand)
      return { Configuration: { LastUpdateStatus: 'Successful', State: 'Active' } };
    if (command instanceof UpdateFunctionConfigurationCommand) {
      const refusal = refusals.shift();
      if (refusal !== undefined) {
        functions = { ...functions, [`other-${refusals.length}`]: 'other:live' };
        throw Object.assign(new Error('An update is in progress'), { name: refusal });
      }
      functions = JSON.parse(command.input.Environment?.Variables?.['MODEL_FUNCTIONS'] ?? '{}');
    }
    return command instanceof PublishVersionCommand ? { Version: '2' } : {};
  };
  const lambda = Object.assign(new LambdaClient({ region: 'us-east-1' }), { send });
  return { lambda, functions: () => Object.keys(functions).sort() };
}

it('keeps what other commands tell the gateway at the same time', async () => {
  const { lambda, functions } = busyLambda([
    'ResourceConflictException',
    'PreconditionFailedException',
  ]);
  await tellGateway({ lambda }, 'zebra');
  expect(functions()).toEqual(['other-0', 'other-1', 'zebra']);
});

it('never moves the alias back to a version that another command has replaced', async () => {
  const versions = { published: 1, live: 1, revision: 0 };
  let overtakes = 1;
  const { lambda: other } = busyLambda([]);
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetAliasCommand) return { RevisionId: String(versions.revision) };
    if (command instanceof PublishVersionCommand) {
      versions.published += 1;
      const published = versions.published;
      // Another command publishes the next version, and makes it live, before this one moves the alias.
      if (overtakes-- > 0) {
        versions.published += 1;
        versions.live = versions.published;
        versions.revision += 1;
      }
      return { Version: String(published) };
    }
    if (command instanceof UpdateAliasCommand) {
      if (command.input.RevisionId !== String(versions.revision))
        throw Object.assign(new Error('changed'), { name: 'PreconditionFailedException' });
      versions.live = Number(command.input.FunctionVersion);
    }
    return Reflect.apply(other.send, other, [command]);
  };
  const lambda = Object.assign(new LambdaClient({ region: 'us-east-1' }), { send });
  await tellGateway({ lambda }, 'zebra');
  expect(versions.live).toBe(versions.published);
  expect(versions.live).toBeGreaterThan(3);
});

it('passes on every other refusal', async () => {
  const { lambda, functions } = busyLambda(['AccessDeniedException']);
  await expect(tellGateway({ lambda }, 'zebra')).rejects.toThrow();
  expect(functions()).not.toContain('zebra');
});
