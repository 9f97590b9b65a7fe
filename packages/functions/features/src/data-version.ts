/**
 * The version of the seed data and of the form they are cached in: the start of a hash over both. It is a constant, not
 * computed, so that a start of the function does not read the data; a test says the new one after every change.
 */
export const dataVersion = 'cf137a06bb91';
