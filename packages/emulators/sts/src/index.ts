export { createSts, type QueryError, type StsEmulator, sendQueryError } from './api.ts';
