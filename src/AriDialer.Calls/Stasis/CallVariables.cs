using System.Collections.Immutable;
using AriDialer.Ari;

namespace AriDialer.Calls.Stasis;

/// <summary>The channel variables that AriDialer sets.</summary>
internal static class CallVariables
{
    /// <summary>The header that a leg's INVITE takes along: the priority that RFC 3261 has a call be of without it.</summary>
    internal const string ToBeSent = "Priority";

    /// <summary>On the caller: the call's id, reported with each of its events.</summary>
    internal static ImmutableDictionary<string, AriVariable> ForCaller(string callId) => ImmutableDictionary<string, AriVariable>.Empty
        .Add(DialplanVariables.CallId, new AriVariable(callId, ReportEvents: true));

    /// <summary>On the call's bridge: the mark, which only adoption reads.</summary>
    internal static ImmutableDictionary<string, AriVariable> For(CallMark mark) => ImmutableDictionary<string, AriVariable>.Empty
        .Add(DialplanVariables.Mark, new AriVariable(mark.ToJson()));

    /// <summary>
    /// On a called leg: whom its phone shows as calling, and the header by which a browser's page knows the call.
    /// The connected line is what PJSIP puts into From. And a header that says what is so without it: whether Asterisk still has it tells
    /// whether the leg was dialled (<see cref="ChannelReading.WasDialledAsync"/>).
    /// </summary>
    internal static ImmutableDictionary<string, AriVariable> For(CallEffect.CreateLeg create) => ImmutableDictionary<string, AriVariable>.Empty
        .Add("CONNECTEDLINE(num-pres,i)", new AriVariable(create.Target.CallerNumber.Length == 0 ? "prohib" : "allowed"))
        .Add("CONNECTEDLINE(num,i)", new AriVariable(create.Target.CallerNumber))
        .Add("CONNECTEDLINE(name,i)", new AriVariable(OneLine(create.Target.CallerName)))
        .AddRange(create.Target.IsPjsip ? [KeyValuePair.Create($"PJSIP_HEADER(add,{ToBeSent})", new AriVariable("normal"))] : [])
        .AddRange(create.Target.UserId is null
            ? []
            :
            [
                KeyValuePair.Create("PJSIP_HEADER(add,X-AriDialer-Call)", new AriVariable(create.CallId)),

                // A phone's REFER becomes an event, under the same rules as dialling.
                KeyValuePair.Create("PJSIP_TRANSFER_HANDLING()", new AriVariable("ari-only")),
            ]);

    /// <summary>On a channel that goes back to the dialplan.</summary>
    internal static ImmutableDictionary<string, AriVariable> ForReturn(ImmutableDictionary<string, string> results) =>
        results.ToImmutableDictionary(pair => pair.Key, pair => new AriVariable(pair.Value));

    // A name comes from people and from trunks; in a SIP header it must stay one line of moderate length.
    private static string OneLine(string name)
    {
        var clean = new string([.. name.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '\\'))]);
        return clean.Length > 60 ? clean[..60] : clean;
    }
}
