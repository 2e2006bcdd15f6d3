/**
 * What can be asked of a call: the hub's method, then its arguments. Whom a call goes to is text as typed, or the
 * dial of a NumberPreview or PersonView; the server reads it.
 */
export type Control =
  | readonly ['HangUp' | 'EndCall' | 'Hold' | 'Resume', callId: string]
  | readonly ['Reconnect', callId: string, soundIsLost: boolean]
  /** Everybody in the call is recorded, or no more; what is said in a pause is left out. */
  | readonly ['Record' | 'PauseRecording', callId: string, on: boolean]
  | readonly ['Mute', callId: string, muted: boolean]
  | readonly ['SendDigits', callId: string, digits: string, masked: boolean]
  | readonly ['Transfer' | 'Ask' | 'AddPerson', callId: string, to: string]
  /** In a consultation: talk to the other side, give the call away, come back, have all talk. */
  | readonly ['Swap' | 'CompleteTransfer' | 'CancelTransfer' | 'JoinConsultation', callId: string]
  | readonly ['RemovePerson', callId: string, legId: string]
  | readonly ['MutePerson', callId: string, legId: string, muted: boolean]
  /** The other call's people come into the first. */
  | readonly ['Merge', callId: string, otherCallId: string];
