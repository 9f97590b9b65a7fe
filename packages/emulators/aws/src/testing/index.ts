export { testCredentials } from './credentials.ts';
export { type Port, serve } from './serve.ts';
export { type RawRequest, signedFetch, signHeaders } from './sign.ts';
export { signRaw } from './sign-raw.ts';
