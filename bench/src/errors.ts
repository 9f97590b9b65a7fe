/** Base of every error that the benchmarks explain by themselves. */
export class BenchError extends Error {
  override name = 'BenchError';
}

/** The command line is wrong. */
export class UsageError extends BenchError {
  override name = 'UsageError';
}

/** Something that was to be measured failed, or answered wrongly: there is no number to report. */
export class MeasurementError extends BenchError {
  override name = 'MeasurementError';
}
