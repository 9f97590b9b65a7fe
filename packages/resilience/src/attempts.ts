/** How often a request that is answered later is tried at most, before it fails for good. */
export const mostAttempts = 5;
