import { open } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { type GraphProto, type TensorProto, TensorProto_DataLocation } from 'onnx-buf';
import { ExternalDataError } from './errors.ts';
import { tensorsOf } from './graph-parts.ts';
import type { ModelFile } from './read-model.ts';

/** Most bytes of a model with its tensors in one file. */
const largestBytes = 2 ** 31 - 1;

interface Place {
  readonly location: string;
  readonly offset: number;
  readonly length: number | undefined;
}

function placeOf(tensor: TensorProto): Place {
  const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const length = entries.get('length');
  return {
    location,
    offset: Number(entries.get('offset') ?? 0),
    length: length === undefined ? undefined : Number(length),
  };
}

/** @throws {ExternalDataError} for a path that leaves the model's folder */
function fileOf(folder: string, location: string, tensor: TensorProto): string {
  const path = normalize(location);
  if (location === '' || isAbsolute(path) || path.split(sep).includes('..'))
    throw new ExternalDataError(
      `The tensor ${tensor.name} lies in "${location}", outside the model's folder: export the model again, into one folder`,
    );
  return join(folder, path);
}

async function read(file: string, { offset, length }: Place): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(length ?? Math.max(size - offset, 0));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    if (bytesRead < bytes.length)
      throw new ExternalDataError(
        `${file} ends at byte ${size}, but a tensor lies at ${offset} to ${offset + bytes.length}: copy it again, whole`,
      );
    return bytes;
  } finally {
    await handle.close();
  }
}

/**
 * Puts tensors that lie in files beside the model into the model itself: a version is one file.
 *
 * @returns the names of the files
 * @throws {ExternalDataError} if one is missing or too short, or all together are too large for one file
 */
export async function inlineExternalData(
  { folder, bytes }: ModelFile,
  graph: GraphProto,
): Promise<readonly string[]> {
  const files = new Set<string>();
  let total = bytes.length;
  for (const tensor of tensorsOf(graph)) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) continue;
    const place = placeOf(tensor);
    const file = fileOf(folder, place.location, tensor);
    total += place.length ?? 0;
    if (total > largestBytes)
      throw new ExternalDataError(
        `The model and its tensors have more than ${largestBytes} bytes; one ONNX file cannot hold them: quantise it to fewer bytes`,
      );
    tensor.rawData = await read(file, place).catch((cause: unknown) => {
      if (cause instanceof ExternalDataError) throw cause;
      throw new ExternalDataError(
        `The model keeps its tensors in ${place.location}, which is not in ${folder}: put both files into one folder`,
        { cause },
      );
    });
    tensor.externalData = [];
    tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
    files.add(place.location);
  }
  return [...files];
}
