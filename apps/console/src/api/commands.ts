import { ask, asList, asRecord } from './request.ts';

/** A flag of a command. */
export interface Flag {
  readonly name: string;
  /** The placeholder of its value; none for one that is on or off. */
  readonly value: string | undefined;
  readonly multiple: boolean;
  readonly description: string;
}

/** A command of `chorus`. */
export interface Command {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly flags: readonly Flag[];
  readonly reads: boolean;
  /** Why it is for a terminal only. */
  readonly terminalOnly: string | undefined;
}

/** The commands that the console offers. */
export interface Offer {
  /** The cloud it is of. */
  readonly label: string;
  readonly commands: readonly Command[];
}

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function readFlag(value: unknown): Flag {
  const flag = asRecord(value);
  return {
    name: String(flag['name']),
    value: optional(flag['value']),
    multiple: flag['multiple'] === true,
    description: String(flag['description']),
  };
}

function readCommand(value: unknown): Command {
  const command = asRecord(value);
  return {
    name: String(command['name']),
    operands: String(command['operands'] ?? ''),
    summary: String(command['summary']),
    details: asList(command['details']).map(String),
    flags: asList(command['flags']).map(readFlag),
    reads: command['reads'] === true,
    terminalOnly: optional(command['terminalOnly']),
  };
}

/** Returns what the console offers. @throws {ConsoleError} */
export async function fetchOffer(): Promise<Offer> {
  const { label, commands } = await ask('GET', 'commands');
  return { label: String(label), commands: asList(commands).map(readCommand) };
}
