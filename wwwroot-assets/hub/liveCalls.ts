import type { CallView, LiveMessage } from './contract';

/** The live calls as the stream has told them so far. */
export interface LiveCalls {
  readonly seq: number;
  readonly calls: ReadonlyMap<string, CallView>;
}

/** 'gap' where this does not follow on what is known: only a new snapshot makes it right again. */
export function applyMessage(live: LiveCalls | null, message: LiveMessage): LiveCalls | 'gap' {
  if (message.kind === 'snapshot') return { seq: message.seq, calls: fold(new Map(), message.calls) };
  if (live === null) return 'gap';
  // The numbers count every change of every call: they rise, but with steps where changes were of other people's
  // calls or were told together. A number that falls comes from a server that counts anew.
  if (message.seq < live.seq) return 'gap';
  return { seq: message.seq, calls: fold(new Map(live.calls), message.calls) };
}

function fold(calls: Map<string, CallView>, changes: readonly CallView[]): Map<string, CallView> {
  for (const call of changes) {
    const known = calls.get(call.id);
    if (known && known.version > call.version) continue;
    if (call.state === 'ended') calls.delete(call.id);
    else calls.set(call.id, call);
  }
  return calls;
}
