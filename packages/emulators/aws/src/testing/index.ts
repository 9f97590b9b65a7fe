export { testCredentials } from './credentials.ts';
export { type Port, serve } from './serve.ts';
export { serveParent } from './serve-parent.ts';
export { Sha256 } from './sha256.ts';
export { type RawRequest, signedFetch, signHeaders } from './sign.ts';
export { signRaw } from './sign-raw.ts';
