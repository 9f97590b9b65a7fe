export { describeApi, type OpenApiDocument } from './describe-api.ts';
