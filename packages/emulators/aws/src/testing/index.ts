export { testCredentials } from './credentials.ts';
export { type RawRequest, signedFetch, signHeaders } from './sign.ts';
export { signRaw } from './sign-raw.ts';
