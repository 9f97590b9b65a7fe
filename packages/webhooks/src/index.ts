export { isLoopbackAddress, isPublicAddress } from './address.ts';
export { WebhookUrlError } from './errors.ts';
export { readSecret } from './read-secret.ts';
export { createSecret, type SignedMessage, signedHeaders } from './sign.ts';
export { addressIn, parseRegisteredUrl, parseWebhookUrl, type UrlRules } from './webhook-url.ts';
