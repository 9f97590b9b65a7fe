/** The bucket of the rows that workflows are asked about, and of what they answer. */
export const batchesBucket = 'batches';

/** Returns the name of the state machine that asks a workflow about the rows of a file. */
export const batchMachineName = (workflow: string): string => `${workflow}-batch`;
