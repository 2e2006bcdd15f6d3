using AriDialer.Web.Data;
using AriDialer.Web.Features.History;

namespace AriDialer.Web.Features.Recording;

/// <summary>What those are called who are heard on the left, which is our side, and on the right.</summary>
internal sealed record Speakers(string Left, string Right)
{
    public static Speakers Of(CallRecord call, CallText words)
    {
        var (caller, callee) = (words.Caller(call).Main, words.Callee(call).Main);
        return call.Direction == CallDirection.Inbound ? new Speakers(callee, caller) : new Speakers(caller, callee);
    }

    public string On(Audio.RecordingSide side) => side == Audio.RecordingSide.Left ? Left : Right;
}
