import { OptionError } from './errors.ts';

/**
 * The rule for one option of a trainer. All options are numbers, so that a manifest and a command line can carry
 * them.
 */
export interface OptionRule {
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly integer?: boolean;
}

/** Values as a recipe or a command line gives them; text is read as a number. */
export type GivenOptions = Readonly<Record<string, number | string>>;

/**
 * Fills in defaults and checks ranges.
 *
 * @param trainer - name for messages
 * @throws OptionError for an option that does not exist or a value outside its range
 */
export function resolveOptions<Name extends string>(
  trainer: string,
  rules: Readonly<Record<Name, OptionRule>>,
  given: GivenOptions,
): Record<Name, number> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) {
    throw new OptionError(
      `${trainer} has no option '${unknown}'; it takes ${Object.keys(rules).join(', ') || 'none'}`,
    );
  }
  const entries = Object.entries<OptionRule>(rules).map(([name, rule]) => {
    const value = given[name] ?? rule.default;
    const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    const { minimum, maximum } = rule;
    const inRange = number >= minimum && number <= maximum;
    if (!inRange || (rule.integer === true && !Number.isInteger(number))) {
      const kind = rule.integer === true ? 'a whole number' : 'a number';
      throw new OptionError(
        `${trainer}: ${name} is '${value}' but must be ${kind} from ${minimum} to ${maximum} (${rule.description})`,
      );
    }
    return [name, number];
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}
