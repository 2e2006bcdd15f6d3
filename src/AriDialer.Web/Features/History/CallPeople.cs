using AriDialer.Web.Data;
using AriDialer.Web.Features.Live;

namespace AriDialer.Web.Features.History;

/// <summary>Keeps who took part in a call.</summary>
internal static class CallPeople
{
    /// <summary>Brings a row's participants to what is now known of the call's legs.</summary>
    public static void Update(CallRecord row, PendingCall pending)
    {
        // Who came back on another channel, after the connection was lost, is the same one all the time.
        foreach (var leg in pending.Call.Legs.GroupBy(leg => leg.Continues ?? leg.ChannelId).Select(channels => channels.Last()))
        {
            var id = leg.Continues ?? leg.ChannelId;
            var one = row.Participants.Find(known => known.ChannelId == id);
            if (one is null)
                row.Participants.Add(one = new CallParticipant { CallId = row.Id, ChannelId = id });

            var party = pending.Call.PartyAt(leg);
            one.UserId = pending.Call.UserAt(leg) ?? one.UserId;
            one.Number = party.Number ?? one.Number;
            one.Name = party.Name ?? one.Name;
            one.Role = leg.Role;
            var times = pending.TimesOf(leg.ChannelId);
            one.JoinedAt ??= times.UpAt;
            // Who went into another call may come back with it.
            one.LeftAt = leg.State == LegState.Gone ? one.LeftAt ?? times.GoneAt : null;
        }

        if (pending.Call is { State: CallState.Ended, EndedAt: { } ended })
            AllLeave(row, ended);
    }

    /// <summary>Nobody is left in a call that has ended, whoever was seen to go.</summary>
    public static void AllLeave(CallRecord row, DateTimeOffset at)
    {
        foreach (var one in row.Participants)
        {
            one.LeftAt ??= at;
        }
    }
}
