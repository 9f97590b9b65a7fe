import { type Blueprint, defaultStage, isStageName } from '@chorus/blueprint';
import { readVersions, type Variables } from './env.ts';
import { OptionError } from './errors.ts';
import type { ApiAccess, AppOptions, PageDomain, StageOptions } from './options.ts';

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

/** Returns the pages' own name with its certificate. @throws {OptionError} if there is one without the other */
function pageDomain(context: Context): PageDomain | undefined {
  const name = text(context, 'pageDomain');
  const certificate = text(context, 'pageCertificate');
  if (name === undefined && certificate === undefined) return undefined;
  if (name === undefined || certificate === undefined)
    throw new OptionError('-c pageDomain and -c pageCertificate: one needs the other');
  if (!/^(?:[a-z0-9-]+\.)+[a-z]+$/.test(name))
    throw new OptionError(`-c pageDomain: expected a name such as photos.example.com, got ${name}`);
  if (!/^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/.test(certificate))
    throw new OptionError(
      `-c pageCertificate: expected the ARN of a certificate in us-east-1, which is where CloudFront looks, got ${certificate}`,
    );
  return { name, certificate };
}

/**
 * Reads the options of the command line: `-c stages=staging,production` (else production alone), `-c
 * bundles=optional`, `-c access=api-key|iam|open`, `-c requestsPerSecond`, `-c requestsPerMonth`, `-c
 * publicRequestsPerSecond`, `-c publicRequestsPerMonth`, `-c pageDomain` with `-c pageCertificate`, `-c logDays`, `-c monthlyBudget`, `-c reservesConcurrency=false`, `-c databaseProxy=true`, `-c alarmTopic=arn:…`, `-c
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
      [
        'requestsPerSecond',
        'requestsPerMonth',
        'publicRequestsPerSecond',
        'publicRequestsPerMonth',
        'logDays',
        'monthlyBudget',
      ].flatMap((option) => {
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
      // One name leads to one stage: to production where there are several.
      pageDomain: names.length === 1 || name === defaultStage ? pageDomain(context) : undefined,
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
