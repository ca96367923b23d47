const sentences: Readonly<Record<string, string>> = {
  not_an_object: 'An event is a JSON object; this was something else.',
  event_too_large: 'The event is larger than one may be.',
  too_deep: 'Its values are nested too deeply.',
  unknown_type: 'Its type is none of identify, track, page, screen, group, alias.',
  wrong_type: 'A member has the wrong type.',
  id_too_long: 'An id is longer than it may be.',
  no_identity: 'It has neither a userId nor an anonymousId, so there is nobody to count it for.',
  no_event_name: 'A track call needs the name of the event.',
  name_too_long: 'The event’s name is longer than it may be.',
  no_group: 'A group call needs a groupId.',
  no_previous: 'An alias call needs a previousId.',
  could_not_apply: 'It was accepted, but could not be applied; it is set aside and can be replayed.',
};

/** Why an event was refused or set aside, as a sentence; `code` for a search in the logs. A reason that is not known is said as it came. */
export function refusalWords(reason: string): { sentence: string; code: string } {
  const code = reason.split(':')[0] ?? reason;
  return { sentence: sentences[code] ?? reason, code };
}
