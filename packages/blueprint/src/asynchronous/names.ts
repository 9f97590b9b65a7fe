/** The names of what the asynchronous way is made of. */

/** The table of predictions: one item for each request that was accepted. */
export const predictionsTable = 'predictions';

/** The topic that accepted requests are published to. */
export const requestsTopic = 'requests';

/** The topic that the questions of a workflow's accepted requests are published to, where its models are asked by messages. */
export const questionsTopic = (workflow: string): string => `${workflow}-questions`;

/** The queue of the questions to a model. */
export const questionsQueue = (model: string): string => `ask-${model}`;

/** The state machine that takes a workflow's requests to answer them later. */
export const acceptName = (workflow: string): string => `${workflow}-accept`;

/** The state machine that makes a workflow's answer once its models were asked by messages. */
export const finishName = (workflow: string): string => `${workflow}-finish`;

/** The queue of requests whose workflow is to be run as a whole. */
export const predictionsQueue = 'predictions';

/** The queue of requests that failed for good, or ended their consumer every time. */
export const lostQueue = 'predictions-lost';

/** The queue of messages that are no requests, which nothing reads. */
export const unreadableQueue = 'predictions-unreadable';

/** The queue of what failed for good: each id once, in order of its failure. */
export const deadLettersQueue = 'dead-letters';

/** Days until a prediction expires: twice as long as a queue keeps a message. */
export const predictionDays = 28;

/** The route that tells what became of a request. */
export const predictionsPath = '/predictions';

/** The bus that is told of the ends of requests. */
export const predictionsBus = 'predictions';

/** The table of URLs that may be told of the ends of requests, and their secrets. */
export const webhooksTable = 'webhooks';

/** The state machine that tells a URL of the end of a request. */
export const webhookMachineName = 'tell-webhook';
