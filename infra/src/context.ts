import { resolve } from 'node:path';
import { type Blueprint, defaultStage, type StageSpec } from '@chorus/blueprint';
import { checkStageNames } from './check-stages.ts';
import { OptionError } from './errors.ts';
import type { AppOptions, StageOptions } from './options.ts';
import { type Pins, readPins } from './pins.ts';

/** The values of `-c name=value` on the command line, and of `cdk.json`. */
export interface Context {
  tryGetContext(name: string): unknown;
}

/** The stages that there are, as `stages.ts` says. */
export interface Stages {
  readonly stages: Readonly<Record<string, StageSpec>>;
  /** Of every stage named `pr-<number>`. */
  readonly preview: StageSpec;
}

/** The name of a preview, by the number of its pull request. */
const previewName = /^pr-[1-9]\d{0,6}$/;

/** Returns the value of `-c name=…`, if it is one of those allowed. @throws {OptionError} */
function choice<Of extends string>(context: Context, name: string, allowed: readonly Of[]): Of {
  const value = context.tryGetContext(name) ?? allowed[0];
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new OptionError(`-c ${name}: expected ${allowed.join(' or ')}, got ${String(value)}`);
  return found;
}

function text(context: Context, name: string): string | undefined {
  const value = context.tryGetContext(name);
  return value === undefined ? undefined : String(value);
}

/**
 * Returns the options of a stage.
 *
 * @throws {OptionError} if there is no such stage
 */
export function specOf(name: string, { stages, preview }: Stages): StageSpec {
  if (previewName.test(name)) return preview;
  const spec = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (spec === undefined)
    throw new OptionError(
      `infra/stages.ts has no stage ${name}; there are ${Object.keys(stages).join(', ')}, and pr-<number> for a preview`,
    );
  return spec;
}

/**
 * Returns what is live in a stage. Templates without it would take every model's weights away, so that it is asked for.
 *
 * @throws {OptionError} without `-c pins`, or if the file is not there
 */
function pinsOf(context: Context, stage: string): Pins {
  const pins = text(context, 'pins');
  if (pins === undefined)
    throw new OptionError(
      `templates of ${stage} have to say which versions are live, and finding that out is what \`pnpm run deploy\` does; to look at templates: -c pins=none`,
    );
  return pins === 'none' ? {} : readPins(resolve(pins), stage);
}

/** Returns when a preview ends. @throws {OptionError} if it is no time */
function expiryOf(context: Context): string | undefined {
  const expires = text(context, 'expires');
  if (expires === undefined) return undefined;
  const time = new Date(expires);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== expires)
    throw new OptionError(
      `-c expires: expected a time such as 2026-12-01T09:00:00.000Z, got ${expires}`,
    );
  return expires;
}

/**
 * Reads the command line: `-c stages=staging,production` (else production alone), `-c pins=<folder>|none`, `-c
 * bundles=optional`, `-c imageCache=gha`, `-c baseImage`, `-c commit`, `-c expires`. The options of a stage are those of
 * `stages.ts`, whatever the command line says.
 *
 * @throws {OptionError} naming the option and what it takes
 */
export function optionsOfContext(
  blueprint: Blueprint,
  root: string,
  context: Context,
  known: Stages,
): AppOptions {
  checkStageNames(Object.keys(known.stages), blueprint);
  const names = (text(context, 'stages') ?? defaultStage).split(',');
  return {
    blueprint,
    root,
    stages: names.map(
      (name): StageOptions => ({
        ...specOf(name, known),
        name,
        pins: pinsOf(context, name),
        commit: text(context, 'commit') ?? 'unknown',
        expires: expiryOf(context),
      }),
    ),
    bundles: choice<'required' | 'optional'>(context, 'bundles', ['required', 'optional']),
    imageCache: choice<'none' | 'gha'>(context, 'imageCache', ['none', 'gha']),
    baseImage: text(context, 'baseImage'),
  };
}
