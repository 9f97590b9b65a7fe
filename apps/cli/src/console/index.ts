import { commands, run } from '../run.ts';
import { type Console, type ConsoleOptions, openConsole } from './console.ts';

export { processVariables } from '../env.ts';
export { readCredentials } from '../local-cloud.ts';
export type { Console } from './console.ts';

/** Opens the console of all commands, for another server than that of `chorus console`. */
export function openWholeConsole(options: Omit<ConsoleOptions, 'run' | 'commands'>): Console {
  return openConsole({ ...options, run, commands });
}
