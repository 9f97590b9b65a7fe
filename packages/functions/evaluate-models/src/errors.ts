/** Rows, or a candidate's files, are not there. Not tried again: a step before has to write them. */
export class MissingInputError extends Error {
  override name = 'MissingInputError';
}

/** The live version did not answer rows that it has to answer. Not tried again: see to the model that is live. */
export class ChampionError extends Error {
  override name = 'ChampionError';
}
