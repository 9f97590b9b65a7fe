import { type FunctionSpec, needsOfFunction, physicalName, type Value } from '@chorus/blueprint';
import { modelKey } from '@chorus/registry/manifest';
import type { Stack } from 'aws-cdk-lib';
import { variablesOfAccess } from '../authorizer.ts';
import { OptionError } from '../errors.ts';
import {
  bucketName,
  functionLogName,
  jobDefinitionArn,
  jobQueueArn,
  liveAlias,
  queueUrl,
  stateMachineArn,
  topicArn,
  trainingJobPrefix,
} from '../names.ts';
import type { StageOptions } from '../options.ts';
import { featureStoreUrls, readLink } from './feature-store-link.ts';
import { textLength } from './policy-size.ts';
import type { Service } from './service.ts';

/** Returns a variable's value on AWS; undefined for the weights of a model that is deployed without. */
export function valueOn(stack: Stack, value: Value, stage: StageOptions): string | undefined {
  const { name: stageName, pins } = stage;
  switch (value.kind) {
    case 'bucket':
      return bucketName(value.bucket, stageName);
    case 'function':
      return `${physicalName(value.name, stageName)}:${liveAlias}`;
    case 'workflow':
      return stateMachineArn(stack, value.name, stageName);
    case 'table':
      return physicalName(value.table, stageName);
    case 'queue':
      return queueUrl(value.queue, stageName);
    case 'topic':
      return topicArn(stack, value.topic, stageName);
    case 'bus':
      return physicalName(value.bus, stageName);
    case 'job':
      return jobDefinitionArn(stack, value.job, stageName);
    case 'job-queue':
      return jobQueueArn(stack, value.queue, stageName);
    // Image and role are made beside the state machine that runs it.
    case 'training-job':
      return value.part === 'name' ? trainingJobPrefix(value.job, stageName) : undefined;
    case 'log':
      return functionLogName(value.function, stageName);
    case 'feature-store':
      return featureStoreUrls(readLink(stageName))[value.part];
    case 'weights': {
      const pinned = pins[value.model]?.model;
      if (value.part === 'sha256') return pinned?.sha256;
      return pinned && modelKey(value.model, pinned.version);
    }
    case 'names':
      return stack.toJsonString(
        Object.fromEntries(
          Object.entries(value.of).map(([name, of]) => [name, valueOn(stack, of, stage)]),
        ),
      );
  }
}

/**
 * The most characters that the names and values of a function's variables may have together.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const mostCharacters = 4096;

/**
 * A function's environment variables: names of things, no secrets; the same ones as on the local cloud.
 *
 * @throws {BlueprintError} if the function's links contradict each other or the blueprint
 * @throws {OptionError} if they are longer than Lambda takes
 */
export function environmentOf(
  stack: Stack,
  spec: FunctionSpec,
  { blueprint }: Service,
  stage: StageOptions,
): Record<string, string> {
  const { variables } = needsOfFunction(spec, blueprint);
  const ofLinks = Object.entries(variables).flatMap(([name, value]) => {
    const text = valueOn(stack, value, stage);
    return text === undefined ? [] : [[name, text] as const];
  });
  const written = [...ofLinks, ...variablesOfAccess(spec, stage)];
  const size = written.reduce(
    (sum, [name, text]) => sum + name.length + textLength(stack, text),
    0,
  );
  if (size > mostCharacters)
    throw new OptionError(
      `${spec.name}: its environment variables take ${size} characters, and Lambda allows ${mostCharacters}: let it call fewer models or functions, or give them shorter names`,
    );
  return Object.fromEntries(written);
}
