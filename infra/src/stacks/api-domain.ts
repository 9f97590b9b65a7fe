import type { DomainSpec } from '@chorus/blueprint';
import { CfnOutput, type NestedStack } from 'aws-cdk-lib';
import { EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';

/** Gives the API a name of one's own; a CNAME record of it has to lead to the output `ApiTarget`. */
export function addApiDomain(
  scope: Construct,
  stack: NestedStack,
  api: RestApi,
  { name, certificate }: DomainSpec,
): void {
  const domain = api.addDomainName('Domain', {
    domainName: name,
    certificate: Certificate.fromCertificateArn(stack, 'ApiCertificate', certificate),
    endpointType: EndpointType.REGIONAL,
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new CfnOutput(scope, 'ApiTarget', {
    description: `Where a CNAME record of ${name} leads`,
    value: domain.domainNameAliasDomainName,
  });
}
