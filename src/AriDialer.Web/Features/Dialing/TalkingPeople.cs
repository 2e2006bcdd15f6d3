namespace AriDialer.Web.Features.Dialing;

/// <summary>Who is on the phone.</summary>
internal static class TalkingPeople
{
    /// <summary>True for a person who talks, in another call than this one.</summary>
    public static bool Talks(this CallDirectory calls, string userId, string exceptCallId) =>
        calls.Live.Any(call => call.Id != exceptCallId && call.State != CallState.Ending && call.LegOf(userId) is not null);
}
