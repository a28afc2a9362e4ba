/** Whose the stored waveforms are. */
export const identity = {
  sopInstanceUid: '2.25.31415926535897932384626433832795028841',
  studyInstanceUid: '2.25.27182818284590452353602874713526624977',
  seriesInstanceUid: '2.25.16180339887498948482045868343656381177',
  accessionNumber: 'A2026030100001',
  patient: { id: 'P-100', issuer: 'V01', name: 'Zhang^San=张^三', sex: 'F', birthDate: '1960-01-31' },
  now: new Date('2026-03-02T00:00:00Z'),
};
