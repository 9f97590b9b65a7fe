export { type RunningS3, startS3 } from './start-s3.ts';
