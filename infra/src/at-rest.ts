import {
  type Blueprint,
  consumerSchedules,
  type FunctionSpec,
  type ScheduleSpec,
  type StageSpec,
} from '@chorus/blueprint';
import { atRest, type Bill, callsPerMonth, hoursPerMonth, type RestingParts } from '@chorus/cost';
import { architectureOf } from './architecture.ts';
import { countsDrift } from './counts-drift.ts';
import { narrow } from './narrow.ts';

/** The alarms of every stage, those of its feature store, and that of drift; each watches one metric. */
const alarms = { ofStage: 4, ofFeatureStore: 3, ofDrift: 1 } as const;

/** The rules of the firewall: AWS's common ones, and a rate for each address. */
const firewallRules = 2;

const minutesPerMonth = hoursPerMonth * 60;

/** Returns how often a month a function is called so that one environment stays. */
function warmCalls({ keepWarmMinutes }: FunctionSpec): number {
  return keepWarmMinutes === undefined ? 0 : Math.round(minutesPerMonth / keepWarmMinutes);
}

/** Returns how often a month schedules start something. */
const callsOf = (schedules: readonly ScheduleSpec[]) =>
  schedules.reduce((sum, { expression }) => sum + callsPerMonth(expression), 0);

/**
 * Returns the parts of a stage that cost something without a request. It reads the options alone and makes no template: the
 * tests count the same in the templates.
 *
 * @throws {OptionError} if the stage names what the blueprint has not
 */
export function partsAtRest(blueprint: Blueprint, stage: StageSpec): RestingParts {
  const part = narrow(blueprint, stage);
  const { functions, featureStore, queues = [], schedules = [] } = part;
  const taking = callsOf(consumerSchedules(part));
  const stores = featureStore === undefined ? 0 : 1;
  const images = functions.map((spec) => `${spec.source} ${architectureOf(spec, stage)}`);
  return {
    alarmMetrics:
      alarms.ofStage +
      stores * alarms.ofFeatureStore +
      (functions.some(countsDrift) ? alarms.ofDrift : 0) +
      queues.filter(({ alarm }) => alarm === true).length,
    polledQueues: queues.filter(({ consumer }) => consumer && consumer.every === undefined).length,
    scheduledCalls: callsOf(schedules) + taking,
    takingCalls: taking,
    compositeAlarms: 0,
    dashboards: stage.dashboard === true ? 1 : 0,
    // The administrator's password.
    secrets: stores,
    caches: stores,
    databases: stores,
    databaseProxies: stage.databaseProxy === true ? stores : 0,
    webAcls: stage.waf === true ? 1 : 0,
    webAclRules: stage.waf === true ? firewallRules : 0,
    images: new Set(images).size,
    processors: new Set(functions.map((spec) => architectureOf(spec, stage))).size,
    models: functions.filter(({ kind }) => kind === 'model').length,
    provisioned: functions.flatMap((spec) => {
      const { provisionedConcurrency: environments = 0, memoryMb } = spec;
      const architecture = architectureOf(spec, stage);
      return environments > 0 ? [{ environments, memoryMb, architecture }] : [];
    }),
    warmCalls: functions.reduce((sum, spec) => sum + warmCalls(spec), 0),
  };
}

/**
 * Returns the bill of a month of a stage to which no request comes, in the prices of us-east-1.
 *
 * @throws {OptionError} if the stage names what the blueprint has not
 */
export function billAtRest(blueprint: Blueprint, stage: StageSpec): Bill {
  return atRest(partsAtRest(blueprint, stage));
}
