// The parts of dynalite that are used; it has no types of its own.

declare module 'dynalite/db/index.js' {
  const db: {
    /** Throws what it finds wrong with a key, or returns it; so do the others that validate. */
    validateKey(key: object, table: object): Error | null | undefined;
    createKey(key: object, table: object): string;
    checkConditional(data: object, item: unknown): Error | null | undefined;
    itemSize(item: object): number;
    capacityUnits(item: unknown, isRead: boolean, isConsistent: boolean): number;
    updateIndexes(
      store: object,
      table: object,
      before: unknown,
      item: unknown,
      done: (error?: unknown) => void,
    ): void;
  };
  export default db;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*.js' {
  const validation: {
    readonly types: Readonly<Record<string, unknown>>;
    readonly custom?: unknown;
  };
  export default validation;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: object,
    data: object,
    done: (error: unknown, answer?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
