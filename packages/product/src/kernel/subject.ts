/** Whom a happening is about. The unit of order: each subject has one writer at a time. */
export interface Subject {
  readonly kind: 'person' | 'account';
  readonly id: string;
}

/** `person:p_1`: the form in which a subject is a key. */
export function subjectKey(subject: Subject): string {
  return `${subject.kind}:${subject.id}`;
}

/** The reverse of {@link subjectKey}. Throws a TypeError for a text that no subject wrote. */
export function parseSubjectKey(key: string): Subject {
  const colon = key.indexOf(':');
  const kind = key.slice(0, colon);
  if (kind !== 'person' && kind !== 'account') throw new TypeError(`not a subject key: ${key}`);
  return { kind, id: key.slice(colon + 1) };
}
