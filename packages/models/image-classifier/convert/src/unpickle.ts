/** A value of a pickle: lists and tuples are arrays, dictionaries are maps. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Pickled[]
  | Map<Pickled, Pickled>
  | Called;

/** What a pickle makes by calling something: the name of the function, or `persistent`, and its arguments. */
export interface Called {
  readonly called: string;
  readonly with: readonly Pickled[];
}

/**
 * Reads one pickle of protocol 2 (PEP 307; opcodes as in Python's pickletools) and returns its value and where it ends. Nothing is
 * called: what a pickle would have Python call is returned by name.
 * @throws {Error} for an opcode that a dictionary of tensors does not need
 */
export function unpickle(bytes: Uint8Array, start: number): { value: Pickled; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: Pickled[] = [];
  const marks: number[] = [];
  const memo = new Map<number, Pickled>();
  let at = start;
  const byte = () => view.getUint8(at++);
  const bytesOf = (count: number) => {
    at += count;
    return Buffer.from(bytes.subarray(at - count, at));
  };
  const int32 = () => bytesOf(4).readInt32LE();
  const line = () => {
    const end = bytes.indexOf(10, at);
    const text = bytesOf(end - at).toString();
    at += 1;
    return text;
  };
  const pop = (): Pickled => stack.pop() ?? null;
  const top = (): Pickled => stack.at(-1) ?? null;
  const popToMark = () => stack.splice(marks.pop() ?? 0);
  const put = (entries: readonly Pickled[]) => {
    const map = top();
    if (!(map instanceof Map)) return;
    for (let index = 0; index < entries.length; index += 2)
      map.set(entries[index] ?? null, entries[index + 1] ?? null);
  };
  const call = (called: string, args: Pickled): Pickled =>
    called === 'collections.OrderedDict'
      ? new Map()
      : { called, with: Array.isArray(args) ? args : [args] };

  const opcodes: Readonly<Record<string, () => void>> = {
    '\x80': () => byte(), // PROTO
    '(': () => marks.push(stack.length), // MARK
    ')': () => stack.push([]), // EMPTY_TUPLE
    ']': () => stack.push([]), // EMPTY_LIST
    '}': () => stack.push(new Map()), // EMPTY_DICT
    N: () => stack.push(null), // NONE
    '\x88': () => stack.push(true), // NEWTRUE
    '\x89': () => stack.push(false), // NEWFALSE
    K: () => stack.push(byte()), // BININT1
    M: () => stack.push(bytesOf(2).readUInt16LE()), // BININT2
    J: () => stack.push(int32()), // BININT
    '\x8a': () => stack.push(`0x${bytesOf(byte()).reverse().toString('hex')}`), // LONG1
    X: () => stack.push(bytesOf(int32()).toString()), // BINUNICODE
    c: () => stack.push([line(), line()].join('.')), // GLOBAL
    q: () => memo.set(byte(), top()), // BINPUT
    r: () => memo.set(int32(), top()), // LONG_BINPUT
    h: () => stack.push(memo.get(byte()) ?? null), // BINGET
    j: () => stack.push(memo.get(int32()) ?? null), // LONG_BINGET
    t: () => stack.push(popToMark()), // TUPLE
    '\x85': () => stack.push(stack.splice(-1)), // TUPLE1
    '\x86': () => stack.push(stack.splice(-2)), // TUPLE2
    Q: () => stack.push({ called: 'persistent', with: [pop()] }), // BINPERSID
    R: () => {
      const args = pop();
      stack.push(call(String(pop()), args)); // REDUCE
    },
    s: () => put(stack.splice(-2)), // SETITEM
    u: () => put(popToMark()), // SETITEMS
    e: () => {
      const items = popToMark();
      const list = top();
      if (Array.isArray(list)) list.push(...items); // APPENDS
    },
    b: () => pop(), // BUILD: attributes of a dictionary, which are no tensors
  };
  for (;;) {
    const opcode = String.fromCharCode(byte());
    if (opcode === '.') return { value: pop(), end: at }; // STOP
    const step = opcodes[opcode];
    if (step === undefined) throw new Error(`opcode ${JSON.stringify(opcode)} at ${at - 1}`);
    step();
  }
}
