/** Graphs that Python exported, in base64; the numbers in the tests are what its ONNX Runtime answers. */

type Name = 'zipmap' | 'texts' | 'pipeline' | 'gaps' | 'logs';

export const exportedGraphs: Readonly<Record<Name, string>> = {
  /** scikit-learn LogisticRegression by skl2onnx as it is: the probabilities are a sequence of maps. */
  zipmap: [
    'CAgSCHNrbDJvbm54GgYxLjIwLjAiB2FpLm9ubngoADIAOs4ECu4BCgFYEgVsYWJlbBIScHJvYmFiaWxpdHlfdGVuc29yGhBMaW5l',
    'YXJDbGFzc2lmaWVyIhBMaW5lYXJDbGFzc2lmaWVyKhsKEGNsYXNzbGFiZWxzX2ludHNAAEABQAKgAQcqLwoMY29lZmZpY2llbnRz',
    'PX5G5r89Up/svz1ewni+PWzHRj89Za8CQD2cO4k/oAEGKh4KCmludGVyY2VwdHM9mdyQPz18F4M/PQv6CcCgAQYqEgoLbXVsdGlf',
    'Y2xhc3MYAaABAiocCg5wb3N0X3RyYW5zZm9ybSIHU09GVE1BWKABAzoKYWkub25ueC5tbAouCgVsYWJlbBIMb3V0cHV0X2xhYmVs',
    'GgRDYXN0IgRDYXN0KgkKAnRvGAegAQI6AApWChJwcm9iYWJpbGl0eV90ZW5zb3ISDXByb2JhYmlsaXRpZXMaCk5vcm1hbGl6ZXIi',
    'Ck5vcm1hbGl6ZXIqDQoEbm9ybSICTDGgAQM6CmFpLm9ubngubWwKXgoNcHJvYmFiaWxpdGllcxISb3V0cHV0X3Byb2JhYmlsaXR5',
    'GgZaaXBNYXAiBlppcE1hcCodChJjbGFzc2xhYmVsc19pbnQ2NHNAAEABQAKgAQc6CmFpLm9ubngubWwSIDk5NGUyN2M5NThkYzRi',
    'NTE4MGQ3OGMyMzljNDc4NWFkWhEKAVgSDAoKCAESBgoACgIIAmIYCgxvdXRwdXRfbGFiZWwSCAoGCAcSAgoAYiQKEm91dHB1dF9w',
    'cm9iYWJpbGl0eRIOIgwKCioICAcSBAoCCAFCBAoAEAlCDgoKYWkub25ueC5tbBAB',
  ].join(''),
  /** The same with string classes and `zipmap: False`. */
  texts: [
    'CAgSCHNrbDJvbm54GgYxLjIwLjAiB2FpLm9ubngoADIAOr0DCvsBCgFYEgVsYWJlbBIScHJvYmFiaWxpdHlfdGVuc29yGhBMaW5l',
    'YXJDbGFzc2lmaWVyIhBMaW5lYXJDbGFzc2lmaWVyKigKE2NsYXNzbGFiZWxzX3N0cmluZ3NKBGhpZ2hKA2xvd0oDbWlkoAEIKi8K',
    'DGNvZWZmaWNpZW50cz1lrwJAPZw7iT89fkbmvz1Sn+y/PV7CeL49bMdGP6ABBioeCgppbnRlcmNlcHRzPQv6CcA9mdyQPz18F4M/',
    'oAEGKhIKC211bHRpX2NsYXNzGAGgAQIqHAoOcG9zdF90cmFuc2Zvcm0iB1NPRlRNQVigAQM6CmFpLm9ubngubWwKVgoScHJvYmFi',
    'aWxpdHlfdGVuc29yEg1wcm9iYWJpbGl0aWVzGgpOb3JtYWxpemVyIgpOb3JtYWxpemVyKg0KBG5vcm0iAkwxoAEDOgphaS5vbm54',
    'Lm1sEiBhNjc5NzkwMDU1MzA0YzlmYTE3NjkzNjkzZDllMTAzOVoRCgFYEgwKCggBEgYKAAoCCAJiEQoFbGFiZWwSCAoGCAgSAgoA',
    'Yh0KDXByb2JhYmlsaXRpZXMSDAoKCAESBgoACgIIA0IOCgphaS5vbm54Lm1sEAFCBAoAEA9CBAoAEA8=',
  ].join(''),
  /** scikit-learn: OneHotEncoder of `plan`, StandardScaler of `age`, LogisticRegression. */
  pipeline: [
    'CAgSCHNrbDJvbm54GgYxLjIwLjAiB2FpLm9ubngoADIAOpwGCjQKBHBsYW4KBXBsYW4wEgZwbGFuMDEaBkdhdGhlciIGR2F0aGVy',
    'KgsKBGF4aXMYAaABAjoACk8KA2FnZRIJdmFyaWFibGUxGgZTY2FsZXIiBlNjYWxlcioQCgZvZmZzZXQ9kakbQqABBioPCgVzY2Fs',
    'ZT2hvcw9oAEGOgphaS5vbm54Lm1sCmkKBnBsYW4wMRIJcGxhbjAxb3V0Gg1PbmVIb3RFbmNvZGVyIg1PbmVIb3RFbmNvZGVyKhwK',
    'DGNhdHNfc3RyaW5nc0oEZnJlZUoDcHJvoAEIKgwKBXplcm9zGAGgAQI6CmFpLm9ubngubWwKNwoJcGxhbjAxb3V0CgxzaGFwZV90',
    'ZW5zb3ISCHZhcmlhYmxlGgdSZXNoYXBlIgdSZXNoYXBlOgAKSAoIdmFyaWFibGUKCXZhcmlhYmxlMRISdHJhbnNmb3JtZWRfY29s',
    'dW1uGgZDb25jYXQiBkNvbmNhdCoLCgRheGlzGAGgAQI6AAr0AQoSdHJhbnNmb3JtZWRfY29sdW1uEgVsYWJlbBINcHJvYmFiaWxp',
    'dGllcxoQTGluZWFyQ2xhc3NpZmllciIQTGluZWFyQ2xhc3NpZmllcioZChBjbGFzc2xhYmVsc19pbnRzQABAAaABByovCgxjb2Vm',
    'ZmljaWVudHM9Hn3zvz2QUfM/PUdM6r89Hn3zPz2QUfO/PUdM6j+gAQYqGQoKaW50ZXJjZXB0cz3U4xFAPdTjEcCgAQYqEgoLbXVs',
    'dGlfY2xhc3MYAKABAiodCg5wb3N0X3RyYW5zZm9ybSIITE9HSVNUSUOgAQM6CmFpLm9ubngubWwSIDFlMWFlY2ZmNjQ2YTRjOTFi',
    'NzMzZjk1N2UyY2Q4OTVkKg4IARAHOgEAQgVwbGFuMCofCAIQBzoL////////////AQJCDHNoYXBlX3RlbnNvcloUCgRwbGFuEgwK',
    'CggIEgYKAAoCCAFaEwoDYWdlEgwKCggBEgYKAAoCCAFiEQoFbGFiZWwSCAoGCAcSAgoAYh0KDXByb2JhYmlsaXRpZXMSDAoKCAES',
    'BgoACgIIAkIECgAQDUIOCgphaS5vbm54Lm1sEAE=',
  ].join(''),
  /** LightGBM classifier by onnxmltools, trained with missing values; `label` is declared `[1]` and answers `[N]`. */
  gaps: [
    'CAQSC09ubnhNTFRvb2xzGgYxLjE2LjAiBm9ubnhtbCgAMgA64QgKowYKAVgSDGxhYmVsX3RlbnNvchIScHJvYmFiaWxpdHlfdGVu',
    'c29yGg5MZ2JtQ2xhc3NpZmllciIWVHJlZUVuc2VtYmxlQ2xhc3NpZmllcioaCgljbGFzc19pZHNAAEAAQABAAEAAQACgAQcqHgoN',
    'Y2xhc3Nfbm9kZWlkc0ADQARAAkADQARAAqABByoeCg1jbGFzc190cmVlaWRzQABAAEAAQAFAAUABoAEHKjAKDWNsYXNzX3dlaWdo',
    'dHM9n4zPvD06XqQ+PVgWjz49Om04vj1XrjA+PQqQ4j2gAQYqGwoSY2xhc3NsYWJlbHNfaW50NjRzQABAAaABByorChJub2Rlc19m',
    'YWxzZW5vZGVpZHNAAkAEQABAAEAAQAJABEAAQABAAKABByopChBub2Rlc19mZWF0dXJlaWRzQAFAAEAAQABAAEABQABAAEAAQACg',
    'AQcqRQoObm9kZXNfaGl0cmF0ZXM9AACAPz0AAIA/PQAAgD89AACAPz0AAIA/PQAAgD89AACAPz0AAIA/PQAAgD89AACAP6ABBio4',
    'Ch9ub2Rlc19taXNzaW5nX3ZhbHVlX3RyYWNrc190cnVlQAFAAUAAQABAAEABQAFAAEAAQACgAQcqZAoLbm9kZXNfbW9kZXNKCkJS',
    'QU5DSF9MRVFKCkJSQU5DSF9MRVFKBExFQUZKBExFQUZKBExFQUZKCkJSQU5DSF9MRVFKCkJSQU5DSF9MRVFKBExFQUZKBExFQUZK',
    'BExFQUagAQgqJgoNbm9kZXNfbm9kZWlkc0AAQAFAAkADQARAAEABQAJAA0AEoAEHKiYKDW5vZGVzX3RyZWVpZHNAAEAAQABAAEAA',
    'QAFAAUABQAFAAaABByoqChFub2Rlc190cnVlbm9kZWlkc0ABQANAAEAAQABAAUADQABAAEAAoAEHKkMKDG5vZGVzX3ZhbHVlcz1G',
    'W5I+PUvRkj89AAAAAD0AAAAAPQAAAAA9Lq1UBT1L0ZI/PQAAAAA9AAAAAD0AAAAAoAEGKh0KDnBvc3RfdHJhbnNmb3JtIghMT0dJ',
    'U1RJQ6ABAzoKYWkub25ueC5tbAovCgxsYWJlbF90ZW5zb3ISCWxnYm1sYWJlbBoISWRlbnRpdHkiCElkZW50aXR5OgAKMwoScHJv',
    'YmFiaWxpdHlfdGVuc29yEhFsZ2JtcHJvYmFiaWxpdGllcyIISWRlbnRpdHk6AAorCglsZ2JtbGFiZWwSBWxhYmVsGgRDYXN0IgRD',
    'YXN0KgkKAnRvGAegAQI6AAouChFsZ2JtcHJvYmFiaWxpdGllcwoDb25lEg1wcm9iYWJpbGl0aWVzIgNNdWw6ABIgZjI2OWY5OWVi',
    'M2QwNGIzM2FiZTNhOGJkMzcxOTljYjcqDRABIgQAAIA/QgNvbmVaEQoBWBIMCgoIARIGCgAKAggCYhMKBWxhYmVsEgoKCAgHEgQK',
    'AggBYh0KDXByb2JhYmlsaXRpZXMSDAoKCAESBgoACgIIAkIECgAQCUIOCgphaS5vbm54Lm1sEAE=',
  ].join(''),
  /** `logs = Log(x)`, and `total`, a scalar: the sum of all. */
  logs: [
    'CAg6ewoOCgF4EgRsb2dzIgNMb2cKJgoBeBIFdG90YWwiCVJlZHVjZVN1bSoPCghrZWVwZGltcxgAoAECEgFnWhQKAXgSDwoNCAES',
    'CQoDEgFuCgIIAmIXCgRsb2dzEg8KDQgBEgkKAxIBbgoCCAJiDwoFdG90YWwSBgoECAESAEIECgAQDw==',
  ].join(''),
};
