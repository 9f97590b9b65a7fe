/** The function's environment is wrong. Only a new configuration helps, so it fails the init phase. */
export class ConfigurationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // Written out, so that minifying a bundle keeps it; not enumerable, as in the built-in errors.
    Object.defineProperty(this, 'name', { value: 'ConfigurationError', configurable: true });
  }
}
