declare module 'libheif-js/libheif-wasm/libheif.js' {
  interface Target {
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  }

  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Writes RGBA into the target; calls back with it, or with null. */
    display(target: Target, done: (shown: Target | null) => void): void;
  }

  interface Libheif {
    readonly HeifDecoder: new () => { decode(bytes: ArrayBuffer): HeifImage[] };
  }

  export default function openLibheif(options: { readonly wasmBinary: ArrayBuffer }): Libheif;
}

declare module '*?url' {
  const url: string;
  export default url;
}
