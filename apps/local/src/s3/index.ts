export type { ObjectCreated } from './context.ts';
export { isS3Request } from './presigned.ts';
export { createS3, type S3Options, type S3Service } from './service.ts';
