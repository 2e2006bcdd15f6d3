using System.Collections.Immutable;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Live;

/// <summary>Makes what one person sees of calls.</summary>
internal sealed class CallViews(TelephoneNumbers numbers, string userId, string region)
{
    private IReadOnlyDictionary<string, string> _known = ImmutableDictionary<string, string>.Empty;

    /// <summary>Looks up what the person calls those in the calls who are none of ours: their contacts may have changed since.</summary>
    public async Task RecogniseAsync(IEnumerable<CallSnapshot> calls, Names names) =>
        _known = await names.NamesOfAsync(userId, calls
            .SelectMany(call => call.Legs.Select(leg => leg.Party).Append(call.Caller).Append(call.Callee))
            .Where(party => party is { UserId: null }).Select(party => party!.Number));

    /// <param name="call">The call.</param>
    /// <param name="flags">What is watched for and was said in it, as far as this person may know what is said.</param>
    public CallView Of(CallSnapshot call, IReadOnlyList<CountedFlag>? flags = null)
    {
        var (from, to) = call.PresentSides();
        return new CallView(
            call.Id, call.Version, call.Direction, call.State, Of(from), Of(to),
            call.StartedAt, call.RingingAt, call.AnsweredAt, call.EndedAt,
            call.End is { } end ? new EndView(end.Party, end.Reason, end.Cause, EndSentences.For(end.Reason)) : null,
            [.. call.Legs.Where(leg => leg.State != LegState.Gone).Select(leg => Of(call, leg))],
            call.Team?.Name,
            call.OwnerUserId,
            call.Consultation is { } consultation ? Of(call, consultation) : null,
            call.Transfer is { } transfer ? new TransferView(transfer.ByUserId, Of(transfer.Party)) : null,
            call.Notice is { } notice ? Of(notice) : null,
            call.MayBeRecorded,
            call.Recording?.State ?? RecordingState.Off,
            [.. (flags ?? []).Select(one => Of(call, one))],
            Mine(call));
    }

    // Who called whom: their voices keep their sides, whoever came in for them since.
    private FlagView Of(CallSnapshot call, CountedFlag counted)
    {
        var isOurs = counted.Flag.Side == RecordingSide.Left;
        var who = Of(isOurs == (call.Direction == CallDirection.Inbound) ? call.Callee : call.Caller);
        return new FlagView(counted.Flag.Phrase, counted.Flag.Tone, who.Name ?? who.Display ?? "Unknown number", isOurs, counted.Count);
    }

    private LegView Of(CallSnapshot call, LegSnapshot leg) => new(
        leg.ChannelId, Of(call.PartyAt(leg)), leg.Role, leg.State, leg.Place, leg.Holding, leg.PhoneHold, leg.Muted, leg.IsAway,
        call.UserAt(leg) == userId);

    private ConsultationView Of(CallSnapshot call, Consultation consultation) => new(
        consultation.ByUserId,
        Of(consultation.Party),
        consultation.IsUp ? LegState.Up : LegState.Ringing,
        consultation.TalksToOthers ? LegPlace.Main : LegPlace.Consult,
        consultation.IsUp
            && call.Legs.Any(leg => leg.State == LegState.Up && leg.ChannelId != consultation.ByChannelId && !call.IsAsked(leg)));

    private NoticeView Of(CallNotice notice)
    {
        var who = Of(notice.Who);
        return new NoticeView(
            notice.Id, notice.UserId, NoticeSentences.For(notice.Kind, notice.Reason, who.Name ?? who.Display),
            NoticeSentences.ToneOf(notice.Kind));
    }

    public PartyView Of(CallParty party) => new(
        party.UserId,
        party.Number,
        party.Number is null ? null : numbers.Format(party.Number, region),
        party is { UserId: null, Number: { } number } && _known.TryGetValue(number, out var known) ? known : party.Name,
        numbers.ReadOrNull(party.Number, region)?.Region);

    private MineView? Mine(CallSnapshot call)
    {
        var leg = call.PresentLegOf(userId);
        var isOver = call.State is CallState.Ending or CallState.Ended;
        // Who left a call that goes on has no part in it any more; the end is told to all who had one.
        if (leg is null && !(isOver && call.Concerns(userId)))
            return null;

        var isCaller = call.Caller.UserId == userId;
        return new MineView(
            isCaller ? MyRole.Caller : MyRole.Callee,
            // A caller who was rung again has a session that came to them: it is found as a called person's is.
            leg is not null ? leg.SipCallId : isCaller ? call.Legs.FirstOrDefault()?.SipCallId : null,
            leg?.ChannelId,
            leg?.Endpoint,
            leg?.IsAway ?? false,
            leg?.Holding ?? false,
            leg?.Muted ?? false,
            call.OwnerUserId == userId,
            leg is not null && call.IsHeld(leg));
    }
}
