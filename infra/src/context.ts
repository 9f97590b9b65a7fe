import { type Blueprint, defaultStage, isStageName } from '@chorus/blueprint';
import { readVersions, type Variables } from './env.ts';
import { OptionError } from './errors.ts';
import type { ApiAccess, AppOptions, StageOptions } from './options.ts';

/** The values of `-c name=value` on the command line, and of `cdk.json`. */
export interface Context {
  tryGetContext(name: string): unknown;
}

/** Returns the value of `-c name=…`, if it is one of those allowed. @throws {OptionError} */
function choice<Of extends string>(context: Context, name: string, allowed: readonly Of[]): Of {
  const value = context.tryGetContext(name) ?? allowed[0];
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new OptionError(`-c ${name}: expected ${allowed.join(' or ')}, got ${String(value)}`);
  return found;
}

/** Returns the value of `-c name=…` as a positive whole number; undefined without one. @throws {OptionError} */
function count(context: Context, name: string): number | undefined {
  const value = context.tryGetContext(name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new OptionError(`-c ${name}: expected a positive whole number, got ${String(value)}`);
  return number;
}

function text(context: Context, name: string): string | undefined {
  const value = context.tryGetContext(name);
  return value === undefined ? undefined : String(value);
}

/**
 * Reads the options of the command line: `-c stages=staging,production` (else production alone), `-c
 * bundles=optional`, `-c access=api-key|iam|open`, `-c requestsPerSecond`, `-c requestsPerMonth`, `-c logDays`, `-c
 * monthlyBudget`, `-c reservesConcurrency=false`, `-c databaseProxy=true`, `-c alarmTopic=arn:…`, `-c
 * imageCache=gha`, `-c baseImage`, `-c commit`.
 *
 * @throws {OptionError} naming the option and what it takes
 */
export function optionsOfContext(
  blueprint: Blueprint,
  root: string,
  context: Context,
  variables: Variables,
): AppOptions {
  const names = (text(context, 'stages') ?? defaultStage).split(',');
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  const stages = names.map((name): StageOptions => {
    if (!isStageName(name))
      throw new OptionError(
        `-c stages: expected names of small letters, digits and hyphens, got ${name}`,
      );
    const counts = Object.fromEntries(
      ['requestsPerSecond', 'requestsPerMonth', 'logDays', 'monthlyBudget'].flatMap((option) => {
        const value = count(context, option);
        return value === undefined ? [] : [[option, value]];
      }),
    );
    return {
      ...counts,
      name,
      versions: readVersions(
        variables,
        name,
        models.map((model) => model.name),
      ),
      access: choice<ApiAccess>(context, 'access', ['api-key', 'iam', 'open']),
      reservesConcurrency: choice(context, 'reservesConcurrency', ['true', 'false']) === 'true',
      databaseProxy: choice(context, 'databaseProxy', ['false', 'true']) === 'true',
      alarmTopic: text(context, 'alarmTopic'),
      commit: text(context, 'commit') ?? 'unknown',
    };
  });
  return {
    blueprint,
    root,
    stages,
    bundles: choice<'required' | 'optional'>(context, 'bundles', ['required', 'optional']),
    imageCache: choice<'none' | 'gha'>(context, 'imageCache', ['none', 'gha']),
    baseImage: text(context, 'baseImage'),
  };
}
