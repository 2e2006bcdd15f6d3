using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AriDialer.Calls;

/// <summary>
/// What is written onto the caller's channel before anybody is rung. Asterisk keeps it as long as the channel lives, so an
/// application that was killed in mid-call learns the call's story from the channel itself.
/// </summary>
/// <param name="CallId">The call.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who is called or, once answered, who answered.</param>
/// <param name="Legs">The called legs, in order.</param>
/// <param name="RingFor">How long they ring.</param>
/// <param name="StartedAt">When the call began.</param>
/// <param name="RingingAt">When the first phone rang, once known.</param>
/// <param name="AnsweredAt">When it was answered, once it was.</param>
/// <param name="ReturnsUnanswered">True where the dialplan wants an unanswered call back.</param>
internal sealed record CallMark(
    string CallId,
    CallDirection Direction,
    CallParty Caller,
    CallParty Callee,
    ImmutableArray<MarkedLeg> Legs,
    TimeSpan RingFor,
    DateTimeOffset StartedAt,
    DateTimeOffset? RingingAt,
    DateTimeOffset? AnsweredAt,
    bool ReturnsUnanswered)
{
    internal string ToJson() => JsonSerializer.Serialize(this, CallMarkJson.Default.CallMark);

    /// <summary>Reads a mark; null where the text is not one (anybody may write channel variables).</summary>
    internal static CallMark? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            var mark = JsonSerializer.Deserialize(json, CallMarkJson.Default.CallMark);
            return mark is { CallId.Length: > 0, Caller: not null, Callee: not null, Legs.IsDefaultOrEmpty: false } ? mark : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A called leg as the mark keeps it.</summary>
internal sealed record MarkedLeg(string ChannelId, string Endpoint, string? UserId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallMark))]
internal sealed partial class CallMarkJson : JsonSerializerContext;
