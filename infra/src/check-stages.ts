import { type Blueprint, consumerSchedules, defaultStage, isStageName } from '@chorus/blueprint';
import { OptionError } from './errors.ts';
import { candidateName } from './names.ts';
import { reservedNames } from './reserved-names.ts';

/** Tells whether one of two names begins with the words of the other: `house` and `house-price`. */
const isAlike = (one: string, other: string) =>
  one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);

/**
 * Checks that stages have names by which they can be told apart: production's names have no stage in them, so that the
 * stage `house` would have names as production's workflow `house-price` has, and rights to it.
 *
 * @throws {OptionError} naming the stage and what it would be taken for
 */
export function checkStageNames(stages: readonly string[], blueprint: Blueprint): void {
  const { functions, workflows, machines = [], buckets, tables = [] } = blueprint;
  const { queues = [], topics = [], buses = [], schedules = [] } = blueprint;
  const ofProduction = [
    ...reservedNames,
    ...[...functions, ...workflows, ...machines, ...buckets, ...tables].map(({ name }) => name),
    ...[...queues, ...topics, ...buses, ...schedules, ...consumerSchedules(blueprint)].map(
      ({ name }) => name,
    ),
    ...buses.flatMap(({ rules }) => rules.map(({ name }) => name)),
    ...workflows.map(({ name }) => candidateName(name)),
  ];
  for (const stage of stages) {
    if (!isStageName(stage))
      throw new OptionError(
        `stage ${stage}: a stage is named by at most 20 small letters, digits and hyphens, a letter first`,
      );
    const others = stages.filter((each) => each !== stage);
    const taken = (stage === defaultStage ? [] : ofProduction).find((name) => isAlike(stage, name));
    const other = others.find((name) => isAlike(stage, name));
    if (stages.indexOf(stage) !== stages.lastIndexOf(stage))
      throw new OptionError(`stage ${stage} is named twice`);
    if (taken !== undefined || other !== undefined)
      throw new OptionError(
        `stage ${stage}: its names would be taken for those of ${taken === undefined ? `the stage ${other}` : `chorus-${taken}`}; choose another one`,
      );
  }
}
