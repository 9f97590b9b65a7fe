/** Returns the metadata that the AWS SDK adds to the answer of its call. */
export function sdkMetadata(
  requestId: string,
  headers: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
