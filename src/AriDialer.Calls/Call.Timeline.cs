using System.Collections.Immutable;

namespace AriDialer.Calls;

// What is told beside the state: the timeline's lines, and notices to the people in the call.
internal sealed partial class Call
{
    private readonly List<CallMoment> _moments = [];
    private CallNotice? _notice;

    /// <summary>The timeline's lines since this was last asked.</summary>
    internal ImmutableArray<CallMoment> TakeMoments()
    {
        ImmutableArray<CallMoment> moments = [.. _moments];
        _moments.Clear();
        return moments;
    }

    private void Note(DateTimeOffset now, string kind, string? byUserId = null, CallParty? who = null, string? detail = null)
    {
        _moments.Add(new CallMoment(now, kind, byUserId, who, detail));
        Changed();
    }

    private void Notify(string? userId, string kind, string? reason, CallParty who)
    {
        _notice = new CallNotice((_notice?.Id ?? 0) + 1, userId, kind, reason, who);
        Changed();
    }
}
