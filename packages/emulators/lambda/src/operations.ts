import type { AwsRequest } from '@chorus/emulator-aws';
import { type AliasRequest, versionsOf } from './aliases.ts';
import type { Answer } from './answer.ts';
import {
  aliasConfiguration,
  functionConfiguration,
  versionConfiguration,
} from './configuration.ts';
import type { CreateFunctionRequest } from './create-function.ts';
import { invalidParameter, invalidValue } from './errors.ts';
import type { Pollers } from './event-sources/pollers.ts';
import type { SettingsChange } from './functions.ts';
import { invoke } from './invoke.ts';
import type { LambdaService } from './lambda-service.ts';
import { page } from './pages.ts';
import { type OperationName, oneOf, parseBody } from './parameters.ts';
import { isVersionNumber, latestVersion, parseReference } from './qualifier.ts';
import type { ServedFunction } from './served-function.ts';
import type { PublishRequest } from './versions.ts';

/** One request on its way through the routes below. */
interface Call {
  readonly lambda: LambdaService;
  readonly pollers: Pollers;
  readonly request: AwsRequest;
  readonly query: URLSearchParams;
  /** The function, or the mapping of an event source; in lists of them, nothing. */
  readonly name: string;
  /** The alias. */
  readonly item: string;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const created = (body: unknown): Answer => ({ status: 201, body });
const qualifierOf = ({ query }: Call): string | undefined => query.get('Qualifier') ?? undefined;

/**
 * Returns the function of an operation that is of no version nor alias.
 *
 * @throws {LambdaError} InvalidParameterValueException if its name ends in one all the same
 */
function functionOf({ lambda, name }: Call): ServedFunction {
  const { qualifier } = parseReference(name);
  if (qualifier !== undefined && qualifier !== latestVersion)
    throw invalidParameter(`FunctionName takes no version or alias here, got ${name}`);
  return lambda.find(name);
}

function configurationOf({ lambda, name, ...call }: Call): Record<string, unknown> {
  const qualifier = qualifierOf({ lambda, name, ...call });
  return functionConfiguration(lambda.find(name), lambda.describe(name, qualifier));
}

type Handle = (call: Call) => Answer | Promise<Answer>;

/** By method and what follows `/2015-03-31/functions`; `:item` is an alias. */
export const operations: Readonly<Record<string, readonly [OperationName, Handle]>> = {
  'GET /': [
    'ListFunctions',
    ({ lambda, query }) => {
      const which = query.get('FunctionVersion');
      const everyVersion = which !== null && oneOf('functionVersion', which, ['ALL']) === 'ALL';
      const all = lambda
        .list()
        .flatMap((each) => [
          functionConfiguration(each, each.describe(everyVersion ? latestVersion : undefined)),
          ...(everyVersion
            ? each.versions().map((version) => versionConfiguration(each, version))
            : []),
        ]);
      return ok(page('Functions', all, query));
    },
  ],
  'POST /': [
    'CreateFunction',
    async ({ lambda, request }) => {
      const asked = parseBody<CreateFunctionRequest>('CreateFunction', request.body);
      const served = await lambda.create(asked);
      const version = asked.Publish === true ? (await served.publish({})).version : undefined;
      return created(functionConfiguration(served, served.describe(version)));
    },
  ],
  'DELETE /:name': [
    'DeleteFunction',
    async (call) => {
      const served = functionOf(call);
      const version = call.query.get('Qualifier');
      if (version === null) await call.lambda.remove(call.name);
      else if (isVersionNumber(version)) await served.removeVersion(version);
      else
        throw invalidParameter(
          `${version} is no published version: only those are deleted by themselves, and $LATEST with its function`,
        );
      return { status: 204, body: undefined };
    },
  ],
  'GET /:name': [
    'GetFunction',
    (call) =>
      ok({
        Configuration: configurationOf(call),
        Code: {
          RepositoryType: 'ECR',
          ImageUri: call.lambda.find(call.name).spec.image ?? 'local',
        },
        Concurrency: {
          ReservedConcurrentExecutions: call.lambda.find(call.name).spec.concurrency,
        },
      }),
  ],
  'GET /:name/configuration': ['GetFunctionConfiguration', (call) => ok(configurationOf(call))],
  'PUT /:name/configuration': [
    'UpdateFunctionConfiguration',
    async (call) => {
      const change = parseBody<SettingsChange>('UpdateFunctionConfiguration', call.request.body);
      await functionOf(call).update(change);
      return ok(configurationOf(call));
    },
  ],
  'POST /:name/invocations': [
    'Invoke',
    (call) => invoke(call.lambda, call.name, qualifierOf(call), call.request),
  ],
  'POST /:name/versions': [
    'PublishVersion',
    async (call) => {
      const served = functionOf(call);
      const version = await served.publish(
        parseBody<PublishRequest>('PublishVersion', call.request.body),
      );
      return created(versionConfiguration(served, version));
    },
  ],
  'GET /:name/versions': [
    'ListVersionsByFunction',
    (call) => {
      const served = functionOf(call);
      const all = [{ version: latestVersion }, ...served.versions()];
      return ok(
        page(
          'Versions',
          all.map((each) => versionConfiguration(served, each)),
          call.query,
        ),
      );
    },
  ],
  'POST /:name/aliases': [
    'CreateAlias',
    async (call) => {
      const served = functionOf(call);
      const alias = await served.createAlias(
        parseBody<AliasRequest>('CreateAlias', call.request.body),
      );
      return created(aliasConfiguration(served, alias));
    },
  ],
  'GET /:name/aliases': [
    'ListAliases',
    (call) => {
      const served = functionOf(call);
      const version = call.query.get('FunctionVersion');
      if (version !== null && version !== latestVersion && !isVersionNumber(version))
        throw invalidValue(
          'functionVersion',
          version,
          'regular expression pattern: (\\$LATEST|[0-9]+)',
        );
      const all = served
        .aliases()
        .filter((alias) => version === null || versionsOf(alias).includes(version));
      return ok(
        page(
          'Aliases',
          all.map((alias) => aliasConfiguration(served, alias)),
          call.query,
        ),
      );
    },
  ],
  'GET /:name/aliases/:item': [
    'GetAlias',
    (call) => {
      const served = functionOf(call);
      return ok(aliasConfiguration(served, served.alias(call.item)));
    },
  ],
  'PUT /:name/aliases/:item': [
    'UpdateAlias',
    async (call) => {
      const served = functionOf(call);
      const alias = await served.updateAlias(
        call.item,
        parseBody<AliasRequest>('UpdateAlias', call.request.body),
      );
      return ok(aliasConfiguration(served, alias));
    },
  ],
  'DELETE /:name/aliases/:item': [
    'DeleteAlias',
    async (call) => {
      await functionOf(call).deleteAlias(call.item);
      return { status: 204, body: undefined };
    },
  ],
};

/** By method and what follows `/2015-03-31/event-source-mappings`. */
export const mappingOperations: Readonly<Record<string, readonly [OperationName, Handle]>> = {
  'GET /': [
    'ListEventSourceMappings',
    ({ pollers, query }) => {
      const named = query.get('FunctionName');
      const functionName = named === null ? undefined : parseReference(named).name;
      const all = pollers.list(functionName, query.get('EventSourceArn') ?? undefined);
      return ok(page('EventSourceMappings', all, query));
    },
  ],
  'GET /:name': ['GetEventSourceMapping', ({ pollers, name }) => ok(pollers.get(name))],
};
