/**
 * Base of every error of this package: data, options or numbers that a trainer cannot work with.
 * Not retried.
 */
export class TrainingError extends Error {
  override name = 'TrainingError';
}

/**
 * An option that the trainer does not have, or a value outside its range; the message lists what it
 * takes.
 */
export class OptionError extends TrainingError {
  override name = 'OptionError';
}

/** The exported file does not answer as the trained model does: it must not be pushed. */
export class ParityError extends TrainingError {
  override name = 'ParityError';
}
