import type { TraceDevice, TracePatient } from '../../trace.ts';
import { at, line, lineAt } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { birthDay } from '../xml/recorder-time.ts';
import type { XmlSource } from '../xml/xml-source.ts';

/** A name as one text, or family and given name joined as in PN. */
function personName(source: XmlSource, name: XmlElement | undefined): string | null {
  const family = lineAt(source, name, 'family', 64);
  const given = lineAt(source, name, 'given', 64);
  if (family ?? given) return `${family ?? ''}^${given ?? ''}`;
  return line(source, name?.text, 'subjectDemographicPerson/name', 128);
}

/** The trial subject. Programs write UN (undifferentiated) for a sex that they do not know, so it says nothing. */
export function readSubject(source: XmlSource, root: XmlElement): TracePatient {
  const subject = at(root, 'componentOf/timepointEvent/componentOf/subjectAssignment/subject/trialSubject');
  const person = at(subject, 'subjectDemographicPerson');
  const sex = at(person, 'administrativeGenderCode')?.attributes.get('code')?.trim().toUpperCase();
  const birth = at(person, 'birthTime')?.attributes.get('value')?.trim();
  const parts = /^(\d{4})(\d{2})(\d{2})/.exec(birth ?? '');
  return {
    id: line(source, at(subject, 'id')?.attributes.get('extension'), 'trialSubject/id', 64),
    name: personName(source, at(person, 'name')),
    sex: sex === 'M' || sex === 'F' ? sex : null,
    birthDate: birth ? birthDay(source, parts?.slice(1), 'birthTime') : null,
  };
}

/** The device that a series names as its author. */
export function readDevice(source: XmlSource, series: XmlElement | undefined): TraceDevice {
  const author = at(series, 'author/seriesAuthor');
  const device = at(author, 'manufacturedSeriesDevice');
  const serial = at(device, 'id')?.attributes.get('extension') ?? at(author, 'id')?.attributes.get('extension');
  return {
    manufacturer: lineAt(source, author, 'manufacturerOrganization/name', 64),
    model: lineAt(source, device, 'manufacturerModelName', 64),
    serialNumber: line(source, serial, 'manufacturedSeriesDevice/id', 64),
    software: lineAt(source, device, 'softwareName', 128),
  };
}
