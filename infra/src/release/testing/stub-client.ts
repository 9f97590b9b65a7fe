/** What a stub answers: to a command by its name, with what was asked. */
export type Stub = Readonly<Record<string, (input: never) => unknown>>;

/** The commands that a stub was sent, in order. */
export type Sent = (readonly [name: string, input: object])[];

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** An error as a client throws it. */
export function awsError(name: string, message: string = name): Error {
  return Object.assign(new Error(message), { name });
}

/**
 * Puts answers into the place of a client's requests: a client stays one, so that paginators take it.
 *
 * @returns the client, and what it is sent
 */
export function stub<Client extends object>(
  client: Client,
  answers: Stub,
): { readonly client: Client; readonly sent: Sent } {
  const sent: Sent = [];
  const send = async (command: Command) => {
    const { input } = command;
    const name = command.constructor.name.replace(/Command$/, '');
    sent.push([name, input]);
    const answer = answers[name];
    if (answer === undefined) throw new Error(`nothing was said about ${name}`);
    return answer(input as never);
  };
  return { client: Object.assign(client, { send }), sent };
}
