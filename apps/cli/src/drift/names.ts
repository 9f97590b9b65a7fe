/** The table of counts, and the function that counts, by their names in the blueprint. */
export const driftTable = 'drift-counts';
export const countDriftName = 'count-drift';
