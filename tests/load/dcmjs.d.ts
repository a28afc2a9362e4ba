declare module 'dcmjs' {
  const dcmjs: {
    data: {
      DicomMessage: { readFile(bytes: ArrayBuffer): { dict: unknown } };
      DicomMetaDictionary: { naturalizeDataset(dict: unknown): unknown };
    };
  };
  export default dcmjs;
}
