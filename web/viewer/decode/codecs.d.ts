// The codec packages carry no types of their own.
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: import('./codec-modules.ts').EmscriptenFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: import('./codec-modules.ts').EmscriptenFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: import('./codec-modules.ts').EmscriptenFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: import('./codec-modules.ts').EmscriptenFactory;
  export default factory;
}
