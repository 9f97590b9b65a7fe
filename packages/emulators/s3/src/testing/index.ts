export { type FaultyS3, startFaultyS3, type Trouble } from './faulty-s3.ts';
export { type RunningS3, startS3 } from './start-s3.ts';
export { stubS3 } from './stub-s3.ts';
