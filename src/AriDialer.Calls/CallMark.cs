using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>
/// All that a restart needs to take a call over. It is written onto the call's bridge, made with it before anybody is rung:
/// Asterisk keeps it as long as the bridge lives, whoever leaves the call. Asterisk takes no request of more than 40,960 bytes, so
/// the mark forgets whoever is gone (CallMark_OfACallThatRangManyPhones_StaysWithinWhatAsteriskTakes).
/// </summary>
/// <param name="Request">What the call came with.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Caller">Who called.</param>
/// <param name="Callee">Who was called or, once answered, who answered.</param>
/// <param name="RingingAt">When the first phone rang, once known.</param>
/// <param name="AnsweredAt">When it was answered, once it was.</param>
/// <param name="Owner">Who may mute and remove others.</param>
/// <param name="HasConsultBridge">True once the second bridge was made.</param>
/// <param name="Message">The mailbox that the caller was given to, where one was.</param>
/// <param name="LegsMade">How many channels it has made: the next one's number follows.</param>
/// <param name="Legs">Its channels, the caller's first; without those that are gone and not waited for.</param>
/// <param name="Attempts">Whom it tried to bring in.</param>
/// <param name="Recording">What is recorded; null where nothing is or will be.</param>
/// <param name="Greeting">What a caller who comes to a mailbox hears first.</param>
/// <param name="LongestMessage">How long their message may be; null where the mailbox takes none.</param>
internal sealed record CallMark(
    RouteRequest Request,
    CallDirection Direction,
    CallParty Caller,
    CallParty Callee,
    DateTimeOffset? RingingAt,
    DateTimeOffset? AnsweredAt,
    string? Owner,
    bool HasConsultBridge,
    VoicemailMessage? Message,
    int LegsMade,
    ImmutableArray<LegMark> Legs,
    ImmutableArray<AttemptMark> Attempts,
    RecordingMark? Recording,
    ImmutableArray<string> Greeting,
    TimeSpan? LongestMessage)
{
    /// <summary>The team that was called, where one was.</summary>
    public CallParty? Team { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, CallMarkJson.Default.CallMark);

    /// <summary>Reads a mark; null where the text is not one (anybody may write variables).</summary>
    internal static CallMark? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            var mark = JsonSerializer.Deserialize(json, CallMarkJson.Default.CallMark);
            return mark is { Request.CallId.Length: > 0, Caller: not null, Callee: not null, Legs.IsDefaultOrEmpty: false, Attempts.IsDefaultOrEmpty: false }
                ? mark : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A channel as the mark keeps it.</summary>
internal sealed record LegMark(
    string ChannelId,
    string Endpoint,
    string? SipCallId,
    string? UserId,
    CallParty Party,
    LegRole Role,
    LegState State,
    LegPlace Place,
    bool Holding,
    bool PhoneHold,
    bool Muted,
    bool Leaving,
    DateTimeOffset? AwaySince,
    string? Continues)
{
    /// <summary>What is recorded if it answers, where that is a rule of its own.</summary>
    public RecordingRule? Recording { get; init; }
}

/// <summary>An attempt as the mark keeps it. Legs are named by their channels.</summary>
internal sealed record AttemptMark(
    RoutePurpose Purpose,
    string? By,
    string? ByUserId,
    string Dialled,
    bool IsRefer,
    CallParty Party,
    TimeSpan RingFor,
    bool AskAgain,
    ImmutableArray<string> Trail,
    bool IsAsking,
    bool IsOver,
    string? Winner,
    ImmutableArray<string> Legs);

/// <summary>The recording as the mark keeps it: tracks that are over are known to whoever was told of them.</summary>
internal sealed record RecordingMark(
    RecordingRule Rule,
    RecordingState State,
    string? ByUserId,
    DateTimeOffset? AnnouncedAt,
    int TracksMade,
    int AnnouncementsMade,
    ImmutableArray<TrackMark> Tracks,
    DateTimeOffset? PausedSince);

/// <summary>A track that goes on, as the mark keeps it.</summary>
internal sealed record TrackMark(string Id, string LegChannelId, DateTimeOffset? StartedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CallMark))]
internal sealed partial class CallMarkJson : JsonSerializerContext;
