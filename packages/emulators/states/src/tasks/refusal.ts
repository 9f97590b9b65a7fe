import { StatesError } from '@chorus/asl';

/** Returns the error of a task that asks for what would have to be ignored. */
export const refusal = (what: string): StatesError => new StatesError('States.Runtime', what);
