using System.Security.Cryptography;
using System.Text;
using AriDialer.Calls.Stasis;

namespace AriDialer.Web.Features.Phones;

/// <summary>
/// Stands in one phone's SIP connection. While too much is under way it answers a new call itself, with a 503 that says when to try
/// again: Asterisk can say no Retry-After, and does not even hear of the call.
/// </summary>
internal sealed class CallGate(Admission admission)
{
    /// <summary>When a refused caller is to try again. What was too much is done long before.</summary>
    private const int RetryAfterSeconds = 5;

    // Calls that were refused and whose ACK has not come; a page that sends none has few.
    private const int MostUnacknowledged = 32;
    private readonly List<string> _refused = [];

    /// <summary>What becomes of a message of the phone's.</summary>
    /// <param name="message">Its beginning: as much as came at once. A call whose header does not end in it is let through.</param>
    /// <param name="answer">What is to be said to the phone; null for nothing.</param>
    /// <returns>False where the message is not to reach Asterisk.</returns>
    public bool LetsThrough(ReadOnlySpan<byte> message, out byte[]? answer)
    {
        answer = null;
        if (!message.StartsWith("INVITE "u8) && !message.StartsWith("ACK "u8))
            return true;

        if (SipHead.Read(message) is not { } head)
            return true;

        // The end of a transaction that Asterisk knows nothing of.
        if (head.Method == "ACK")
            return !_refused.Contains(head.CallId);

        // The same call may be tried again, and taken then.
        _refused.Remove(head.CallId);
        if (!head.IsNewCall || admission.TakesPhone(head.Dialled))
            return true;

        admission.CountRefusedPhone();
        if (_refused.Count == MostUnacknowledged)
            _refused.RemoveAt(0);
        _refused.Add(head.CallId);
        answer = Encoding.UTF8.GetBytes(
            $"SIP/2.0 503 Service Unavailable\r\n{string.Concat(head.Copied.Select(line => line + "\r\n"))}{head.To};tag={RandomNumberGenerator.GetHexString(16, lowercase: true)}\r\n"
            + $"Retry-After: {RetryAfterSeconds}\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
}
