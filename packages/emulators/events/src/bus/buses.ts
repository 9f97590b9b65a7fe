import { eventBusArn } from '@chorus/emulator-aws';
import { compilePattern, type EventPattern } from '@chorus/events';
import { noResource } from '../errors.ts';
import { checkDeadLetters, serviceOf, type Targets } from '../targets.ts';

/** The target of a rule. */
interface LocalTarget {
  readonly arn: string;
  /** JSON that it is sent instead of the event. */
  readonly input?: string;
  /** ARN of the queue that gets what could not be delivered. @default none */
  readonly deadLetters?: string;
}

export interface LocalRule {
  readonly name: string;
  /** Parsed JSON. */
  readonly pattern: unknown;
  readonly target: LocalTarget;
}

export interface LocalBus {
  readonly name: string;
  readonly rules: readonly LocalRule[];
}

export interface ServedRule extends LocalRule {
  readonly arn: string;
  readonly matches: EventPattern;
}

export interface ServedBus {
  readonly name: string;
  readonly arn: string;
  readonly rules: readonly ServedRule[];
}

export interface Buses {
  list(): readonly ServedBus[];
  /** @param nameOrArn undefined is the default bus. @throws {AwsApiError} ResourceNotFoundException */
  find(nameOrArn: string | undefined): ServedBus;
  /** @throws {AwsApiError} ResourceNotFoundException */
  rule(name: string, busNameOrArn: string | undefined): ServedRule;
}

const defaultBus = 'default';

function serve({ name, rules }: LocalBus, targets: Targets): ServedBus {
  const arn = eventBusArn(name);
  const path = name === defaultBus ? '' : `${name}/`;
  return {
    name,
    arn,
    rules: rules.map((rule) => {
      serviceOf(rule.target.arn, targets);
      checkDeadLetters(rule.target.deadLetters, targets);
      return {
        ...rule,
        arn: arn.replace(/event-bus\/.*$/, `rule/${path}${rule.name}`),
        matches: compilePattern(rule.pattern),
      };
    }),
  };
}

/**
 * Compiles every pattern, so that a mistake in one shows at start. There always is a default bus.
 *
 * @throws {InvalidPatternError} for a pattern that is none
 * @throws {AwsApiError} ValidationException for a target that is not done here
 */
export function serveBuses(given: readonly LocalBus[], targets: Targets): Buses {
  const named = given.some(({ name }) => name === defaultBus)
    ? given
    : [{ name: defaultBus, rules: [] }, ...given];
  const all = new Map(named.map((bus) => [bus.name, serve(bus, targets)]));

  function find(nameOrArn = defaultBus): ServedBus {
    const bus = all.values().find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
    if (bus === undefined) throw noResource(`Event bus ${nameOrArn} does not exist.`);
    return bus;
  }

  return {
    list: () => [...all.values()],
    find,
    rule(name, busNameOrArn) {
      const bus = find(busNameOrArn);
      const rule = bus.rules.find((each) => each.name === name);
      if (rule === undefined)
        throw noResource(`Rule ${name} does not exist on EventBus ${bus.name}.`);
      return rule;
    },
  };
}
