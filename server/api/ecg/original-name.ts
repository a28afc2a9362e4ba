const extensions: Readonly<Record<string, string>> = {
  dicom: 'dcm',
  'scp-ecg': 'scp',
  'hl7-aecg': 'xml',
  'philips-xml': 'xml',
  'muse-xml': 'xml',
};
const pictures: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** A name of ours: what the sender called the file may hold a patient's name, and stays in download folders. */
export function fileNameOf({ id, format, originalType }: { id: string; format: string; originalType: string | null }) {
  const extension = extensions[format] ?? pictures[originalType ?? ''] ?? 'bin';
  return `ecg-${id}.${extension}`;
}
