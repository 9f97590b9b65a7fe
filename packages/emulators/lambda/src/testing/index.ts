export { startLambda, type TestLambda, type TestLambdaOptions } from './start-lambda.ts';
