import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { IntakeError, NotOnnxError } from './errors.ts';

/** An ONNX file as it was found. */
export interface ModelFile {
  /** Absolute, or as it was given. */
  readonly path: string;
  readonly folder: string;
  readonly bytes: Uint8Array;
  readonly model: ModelProto;
}

/** Protobuf cannot hold more, and ONNX Runtime reads no larger file without external data. */
const largestBytes = 2 ** 31 - 1;

/** Names the format of a file that is not ONNX, by its first bytes or its extension. */
function looksLike(bytes: Uint8Array, path: string): string {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const known: readonly (readonly [boolean, string])[] = [
    [bytes.length === 0, 'is empty'],
    [
      head.startsWith('PK'),
      'is a zip archive (PyTorch and Keras save such files): export it with torch.onnx.export, or with model.export(path, format="onnx") of Keras',
    ],
    [
      head.startsWith('\x89HDF'),
      'is HDF5 (Keras): export it with model.export(path, format="onnx")',
    ],
    [head.startsWith('\x80'), 'is a Python pickle: export it with skl2onnx'],
    [head.startsWith('version https://git-lfs'), 'is a Git LFS pointer: run `git lfs pull` first'],
    [head.startsWith('<'), 'is a web page or XML, not a model: download the file itself'],
    [/^[\t\n\r\x20-\x7e]+$/.test(head), 'is a text file'],
    [
      ['.pb', '.tflite', '.pt', '.safetensors'].includes(extname(path)),
      `is a ${extname(path)} file`,
    ],
  ];
  return known.find(([applies]) => applies)?.[1] ?? 'is damaged, or was cut off on its way';
}

/** @throws {NotOnnxError} */
function parse(bytes: Uint8Array, path: string): ModelProto {
  const refuse = (cause?: unknown): never => {
    throw new NotOnnxError(`${path} is no ONNX model: it ${looksLike(bytes, path)}`, { cause });
  };
  try {
    const model = fromBinary(ModelProtoSchema, bytes);
    // Text and other formats can be parsed by chance; a model has a graph, and says its operator sets.
    return model.graph === undefined || model.irVersion === 0n ? refuse() : model;
  } catch (cause) {
    if (cause instanceof IntakeError) throw cause;
    return refuse(cause);
  }
}

/**
 * Reads an ONNX file, or the one in a folder: `model.onnx`, else its only `.onnx` file.
 *
 * @throws {NotOnnxError} if there is none, or it is something else
 */
export async function readModel(path: string): Promise<ModelFile> {
  const unreadable = (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NotOnnxError(`Cannot read ${path}: ${why}`, { cause });
  };
  const found = await stat(path).catch(unreadable);
  const file = found.isDirectory() ? await fileIn(path) : path;
  const { size } = await stat(file).catch(unreadable);
  if (size > largestBytes)
    throw new NotOnnxError(`${file} has ${size} bytes; an ONNX file has at most ${largestBytes}`);
  const bytes = await readFile(file).catch(unreadable);
  return { path: file, folder: dirname(file), bytes, model: parse(bytes, file) };
}

async function fileIn(folder: string): Promise<string> {
  const { readdir } = await import('node:fs/promises');
  const files = (await readdir(folder)).filter((name) => extname(name) === '.onnx').sort();
  const [first] = files;
  if (files.includes('model.onnx')) return join(folder, 'model.onnx');
  if (first === undefined) throw new NotOnnxError(`${folder} has no .onnx file`);
  if (files.length > 1)
    throw new NotOnnxError(`${folder} has several models: name one of ${files.join(', ')}`);
  return join(folder, first);
}

/** Returns the name that a file suggests for its model: letters, digits and dashes; undefined if it suggests none. */
export function suggestName(path: string): string | undefined {
  const own = basename(path, extname(path));
  const stem = own === 'model' ? basename(dirname(path)) : own;
  const name = stem
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name === '' ? undefined : name;
}
