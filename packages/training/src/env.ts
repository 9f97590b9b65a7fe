/**
 * Tells ONNX Runtime (1.29 and later) not to write a device id to disk nor to send usage to its makers, unless the
 * user says otherwise. It looks once, when its first session is opened.
 */
export function declineTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
}
