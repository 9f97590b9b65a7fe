export type { ObjectCreated } from './context.ts';
export { S3Error } from './errors.ts';
export { isS3Request, looksLikeS3 } from './meant-for-s3.ts';
export { createS3, type S3Emulator, type S3Options, type S3Service } from './service.ts';
