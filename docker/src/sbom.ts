import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { BaseImage } from './base-image.ts';
import type { Part } from './components.ts';
import type { Platform } from './platform.ts';

/** The content of an image beside the data it reads at run time. */
export interface ImageContent {
  /** The function's package. */
  readonly name: string;
  readonly platform: Platform;
  readonly base: BaseImage;
  readonly parts: readonly Part[];
}

/** https://github.com/package-url/purl-spec, of a package of the npm registry. */
function purlOf({ name, version }: Part): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** The base image's, by its digest where it has one; its registry is Docker's own unless its name says otherwise. */
function purlOfBase({ image, digest }: BaseImage): string {
  const [, repository = image, tag] = /^(.*?)(?::([^:/]+))?$/.exec(image) ?? [];
  const isShort = !/^[^/]*[.:][^/]*\//.test(repository);
  const library = repository.includes('/') ? repository : `library/${repository}`;
  const url = isShort ? `docker.io/${library}` : repository;
  const qualifiers = new URLSearchParams({
    repository_url: url,
    ...(tag !== undefined && { tag }),
  });
  const version = digest === undefined ? '' : `@${encodeURIComponent(digest)}`;
  return `pkg:oci/${repository.replace(/^.*\//, '')}${version}?${qualifiers}`;
}

function licenceOf({ licence }: Part): Models.License {
  if (/ (?:AND|OR) /.test(licence)) return new Models.LicenseExpression(licence);
  return licence.startsWith('LicenseRef-')
    ? new Models.NamedLicense(licence)
    : new Models.SpdxLicense(licence);
}

function componentOf(part: Part, within = ''): Models.Component {
  const reference = `${within}${part.name}@${part.version}`;
  return new Models.Component(Enums.ComponentType.Library, part.name, {
    bomRef: reference,
    version: part.version,
    licenses: new Models.LicenseRepository([licenceOf(part)]),
    ...(part.isPublished && { purl: purlOf(part) }),
    components: new Models.ComponentRepository(
      part.parts.map((each) => componentOf(each, `${reference}/`)),
    ),
  });
}

/**
 * Writes the bill of materials of an image, CycloneDX 1.6 in JSON: the packages whose modules and libraries are in it, the
 * libraries compiled into those as far as they name them, and the base image. The same content gives the same bytes: it has
 * neither a date nor a serial number.
 * https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf({ name, platform, base, parts }: ImageContent): string {
  const image = new Models.Component(Enums.ComponentType.Container, name, {
    bomRef: 'image',
    properties: new Models.PropertyRepository([new Models.Property('chorus:platform', platform)]),
  });
  const foundation = new Models.Component(Enums.ComponentType.Container, base.image, {
    bomRef: 'base',
    description: 'Base image, with Node.js; its makers publish a bill of materials of their own',
    purl: purlOfBase(base),
    ...(base.digest !== undefined && { version: base.digest }),
  });
  const components = parts.map((part) => componentOf(part));
  for (const { bomRef } of [foundation, ...components]) image.dependencies.add(bomRef);
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: image }),
    components: new Models.ComponentRepository([foundation, ...components]),
  });
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const serializer = new Serialize.JsonSerializer(factory);
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
