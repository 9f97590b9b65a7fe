/** The floor below every Node program: it boots, prints, and waits to be ended. */
console.log('ready');
setTimeout(() => {}, 60_000);
