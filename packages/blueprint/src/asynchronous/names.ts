/** The names of what the asynchronous way is made of. */

/** The table of predictions: one item for each request that was accepted. */
export const predictionsTable = 'predictions';

/** The topic that accepted requests are published to. */
export const requestsTopic = 'requests';

/** The queue of requests whose workflow is to be run as a whole. */
export const predictionsQueue = 'predictions';

/** The queue of requests that failed for good, or ended their consumer every time. */
export const lostQueue = 'predictions-lost';

/** The queue of what failed for good: each id once, in order of its failure. */
export const deadLettersQueue = 'dead-letters';

/** Days until a prediction expires: twice as long as a queue keeps a message. */
export const predictionDays = 28;

/** The route that tells what became of a request. */
export const predictionsPath = '/predictions';
