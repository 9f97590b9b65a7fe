import type { Clock } from '@chorus/asl';
import type { Fields } from '@chorus/emulator-aws';
import { AwsApiError } from '@chorus/emulator-aws';
import { compilePattern, InvalidPatternError } from '@chorus/events';
import { invalid, notDone } from '../errors.ts';
import { checkMembers, countOf, required, textOf } from '../json-body.ts';
import { byName, page } from '../pages.ts';
import type { Store } from '../store/open-store.ts';
import type { Buses, ServedBus, ServedRule } from './buses.ts';
import { putEvents } from './put-events.ts';

/** What operations of EventBridge work on. */
export interface BusService {
  readonly buses: Buses;
  readonly store: Store;
  readonly clock: Clock;
}

const name = (most: number) => ({ least: 1, most, pattern: /^[/.\-_A-Za-z0-9]+$/ });
const nameOrArn = { least: 1, most: 1600 };
const token = { least: 1, most: 2048 };

function described({ name: Name, arn: Arn }: ServedBus): {
  readonly Name: string;
  readonly Arn: string;
} {
  return { Name, Arn };
}

const describedRule = (rule: ServedRule, bus: ServedBus) => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: JSON.stringify(rule.pattern),
  State: 'ENABLED',
  EventBusName: bus.name,
});

function listed<Of extends { readonly Name: string }>(all: readonly Of[], fields: Fields) {
  const prefix = textOf('namePrefix', fields['NamePrefix'], name(256)) ?? '';
  const limit = countOf('limit', fields['Limit'], [1, 100]);
  const next = textOf('nextToken', fields['NextToken'], token);
  const matching = all.filter((each) => each.Name.startsWith(prefix)).toSorted(byName);
  return page(matching, limit, next);
}

const busOf = ({ buses }: BusService, fields: Fields): ServedBus =>
  buses.find(textOf('eventBusName', fields['EventBusName'], nameOrArn));

/** The members that an event must have to be tested, as AWS demands. */
const eventMembers = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function parsedEvent(text: string): object {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (cause) {
    throw invalid('Parameter Event is not valid: it is not JSON.', cause);
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw invalid('Parameter Event is not valid: it is not an object.');
  const missing = eventMembers.find((each) => !Object.hasOwn(event, each));
  if (missing !== undefined) throw invalid(`Parameter Event is not valid: it has no ${missing}.`);
  return event;
}

function testEventPattern(_: BusService, fields: Fields): unknown {
  const pattern = required(
    'eventPattern',
    textOf('eventPattern', fields['EventPattern'], { most: 4096 }),
  );
  const event = parsedEvent(required('event', textOf('event', fields['Event'])));
  try {
    return { Result: compilePattern(JSON.parse(pattern))(event) };
  } catch (cause) {
    if (!(cause instanceof InvalidPatternError || cause instanceof SyntaxError)) throw cause;
    throw new AwsApiError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${cause.message}`,
      400,
      { cause },
    );
  }
}

interface Operation {
  /** The members of its input that are honoured. */
  readonly members: readonly string[];
  readonly run: (service: BusService, fields: Fields) => unknown;
}

const pages = ['NextToken', 'Limit'];

/** The operations that are answered, by their names in the SDK. */
export const busOperations: Readonly<Record<string, Operation>> = {
  PutEvents: { members: ['Entries'], run: (service, fields) => putEvents(fields, service) },
  TestEventPattern: { members: ['EventPattern', 'Event'], run: testEventPattern },
  ListEventBuses: {
    members: ['NamePrefix', ...pages],
    run({ buses }, fields) {
      const { entries: EventBuses, ...next } = listed(buses.list().map(described), fields);
      return { EventBuses, ...next };
    },
  },
  DescribeEventBus: {
    members: ['Name'],
    run: ({ buses }, fields) => described(buses.find(textOf('name', fields['Name'], nameOrArn))),
  },
  ListRules: {
    members: ['NamePrefix', 'EventBusName', ...pages],
    run(service, fields) {
      const bus = busOf(service, fields);
      const rules = bus.rules.map((rule) => describedRule(rule, bus));
      const { entries: Rules, ...next } = listed(rules, fields);
      return { Rules, ...next };
    },
  },
  DescribeRule: {
    members: ['Name', 'EventBusName'],
    run(service, fields) {
      const bus = busOf(service, fields);
      const named = required('name', textOf('name', fields['Name'], name(64)));
      return describedRule(service.buses.rule(named, bus.name), bus);
    },
  },
  ListTargetsByRule: {
    members: ['Rule', 'EventBusName', ...pages],
    run(service, fields) {
      const bus = busOf(service, fields);
      const named = required('rule', textOf('rule', fields['Rule'], name(64)));
      const { target } = service.buses.rule(named, bus.name);
      const { arn: Arn, input: Input, deadLetters } = target;
      const DeadLetterConfig = deadLetters === undefined ? undefined : { Arn: deadLetters };
      const all = [
        {
          Name: 'target',
          Id: 'target',
          Arn,
          ...(Input !== undefined && { Input }),
          ...(DeadLetterConfig && { DeadLetterConfig }),
        },
      ];
      const { entries, ...next } = listed(all, fields);
      return { Targets: entries.map(({ Name: _, ...each }) => each), ...next };
    },
  },
};

/**
 * Runs an operation of EventBridge.
 *
 * @throws {AwsApiError} if it does not succeed; NotImplementedException for one that is not done
 */
export function runOnBus(operation: string, fields: Fields, service: BusService): unknown {
  const known = Object.hasOwn(busOperations, operation) ? busOperations[operation] : undefined;
  if (known === undefined) throw notDone('EventBridge', operation.slice(0, 80) || 'that');
  checkMembers('EventBridge', operation, fields, known.members);
  return known.run(service, fields);
}
