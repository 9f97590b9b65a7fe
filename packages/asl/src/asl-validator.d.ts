// asl-validator 4.0 ships no types; this is the part that is used.
declare module 'asl-validator' {
  interface ValidatorError {
    readonly 'Error code': string;
    readonly Message: string;
    readonly schemaError?: { readonly instancePath: string; readonly schemaPath: string };
  }
  /** Writes `QueryLanguage` into the definition's states. */
  function validate(
    definition: unknown,
    options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly ValidatorError[] };
  export default validate;
}
