import type { FunctionSpec } from '@chorus/blueprint';
import type { NestedStack } from 'aws-cdk-lib';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { functionArn, functionLogName, liveAlias } from '../names.ts';

/** A function that another stack made, by its names: nothing that this one needs of it can keep that one from changing. */
export function liveFunction(stack: NestedStack, name: string, stageName: string): IFunction {
  return LambdaFunction.fromFunctionAttributes(stack, `Live-${name}`, {
    functionArn: functionArn(stack, name, stageName, liveAlias),
    // Else the CDK would let nobody call it.
    sameEnvironment: true,
  });
}

/** The log of a function that another stack made. */
export function logOf(stack: NestedStack, { name }: FunctionSpec, stageName: string): ILogGroup {
  return LogGroup.fromLogGroupName(stack, `Log-${name}`, functionLogName(name, stageName));
}
