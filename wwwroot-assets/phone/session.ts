import { phoneSession } from '../hub/contract';
import { problems, type Problem } from './problems';
import type { PhoneSession } from './sipLine';

/** A connection of the network before is still tried by the browser: the next try takes another. */
const answerBound = 5_000;

/** Why there are no credentials; final where asking again cannot help. */
export class SessionError extends Error {
  constructor(readonly problem: Problem, readonly final: boolean) {
    super(problem.sentence);
  }
}

export async function fetchPhoneSession(url: string): Promise<PhoneSession> {
  const response = await post(url);
  if (response.status === 401 || response.redirected) throw new SessionError(problems.signedOut, true);
  if (response.status === 403) throw new SessionError(await saidBy(response, problems.noPhone), true);
  if (!response.ok) throw new SessionError(await saidBy(response, problems.serverDown), false);
  return phoneSession(await response.json(), 'session') as PhoneSession;
}

/** Whether the registration of the one is good for the other. */
export function isSamePhone(one: PhoneSession, other: PhoneSession): boolean {
  return one.endpoint === other.endpoint && one.password === other.password && one.domain === other.domain;
}

async function post(url: string): Promise<Response> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="request-token"]')?.content ?? '';
  try {
    return await fetch(url, { method: 'POST', headers: { RequestVerificationToken: token, Accept: 'application/json' }, signal: AbortSignal.timeout(answerBound) });
  } catch {
    throw new SessionError(problems.serverDown, false);
  }
}

/** The server's own sentence (RFC 9457) where it sends one. */
async function saidBy(response: Response, otherwise: Problem): Promise<Problem> {
  try {
    const body = await response.json() as { detail?: unknown };
    return typeof body.detail === 'string' && body.detail !== '' ? { ...otherwise, sentence: body.detail } : otherwise;
  } catch {
    return otherwise;
  }
}
