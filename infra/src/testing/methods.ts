import { ofType, type Resource } from './assembly.ts';

/** Returns the methods of a REST API's template by their routes: `POST /uploads`. */
export function methods(
  from: Readonly<Record<string, Resource>>,
): Readonly<Record<string, Resource>> {
  const pathOf = (id: string | undefined): string => {
    const resource = id === undefined ? undefined : from[id];
    if (resource?.Type !== 'AWS::ApiGateway::Resource') return '';
    const { ParentId, PathPart } = resource.Properties;
    return `${pathOf((ParentId as { Ref?: string }).Ref)}/${PathPart}`;
  };
  return Object.fromEntries(
    ofType(from, 'AWS::ApiGateway::Method').map(([, method]) => {
      const { HttpMethod, ResourceId } = method.Properties;
      return [`${HttpMethod} ${pathOf((ResourceId as { Ref?: string }).Ref)}`, method];
    }),
  );
}
