export { handleSts, type QueryError, sendQueryError } from './api.ts';
