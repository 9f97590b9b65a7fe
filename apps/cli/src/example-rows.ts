/** A row to try a workflow with, by its name: the first of its data set. */
export const exampleRows: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Sold for 24.0 thousand dollars.
  'house-price': {
    CRIM: 0.00632,
    ZN: 18,
    INDUS: 2.31,
    CHAS: 0,
    NOX: 0.538,
    RM: 6.575,
    AGE: 65.2,
    DIS: 4.09,
    RAD: 1,
    TAX: 296,
    PTRATIO: 15.3,
    B: 396.9,
    LSTAT: 4.98,
  },
};
