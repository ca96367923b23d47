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
  erased_person: 'Its person was deleted here; nothing of it was kept.',
  identity_token_malformed: 'Its identity token is not a JWT.',
  identity_token_too_large: 'Its identity token is larger than 4,096 characters.',
  identity_token_unknown_key: 'Its identity token was signed with a key that this environment does not have.',
  identity_token_wrong_algorithm: 'Its identity token names another algorithm than its key is for.',
  identity_token_wrong_signature: 'The signature of its identity token does not fit.',
  identity_token_wrong_audience: 'Its identity token is for another environment.',
  identity_token_no_subject: 'Its identity token names no user.',
  identity_token_no_expiry: 'Its identity token never ends.',
  identity_token_expired: 'Its identity token has expired.',
  identity_token_not_yet_valid: 'Its identity token is not valid yet.',
  identity_token_lives_too_long: 'Its identity token lives longer than 24 hours.',
  identity_token_other_user: 'Its identity token is for another user.',
  too_many_people: 'It would have made one person more than the environment may have.',
  conflicting_duplicate: 'Its id was used before, by an event that said something else. The first one counts.',
  could_not_apply: 'It was accepted, but could not be applied; it is set aside and can be replayed.',
};

/** Why an event was refused or set aside, as a sentence; `code` for a search in the logs. A reason that is not known is said as it came. */
export function refusalWords(reason: string): { sentence: string; code: string } {
  const code = reason.split(':')[0] ?? reason;
  return { sentence: sentences[code] ?? reason, code };
}
