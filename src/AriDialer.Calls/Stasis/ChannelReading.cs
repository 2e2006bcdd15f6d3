using System.Collections.Immutable;
using AriDialer.Ari;
using AriDialer.Ari.Models;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Stasis;

/// <summary>Reads what a call needs out of Asterisk's picture of a channel.</summary>
internal static class ChannelReading
{
    /// <summary>What Asterisk answers to a variable that is a function which finds nothing.</summary>
    private const int FunctionFailed = 500;

    /// <summary>True where the channel is in our Stasis application now.</summary>
    internal static bool IsIn(this Channel channel, string app) =>
        channel.Dialplan is { AppName: "Stasis", AppData: { } data }
        && (data == app || data.StartsWith(app + ",", StringComparison.Ordinal));

    internal static SeenChannel ToSeen(this Channel channel) => new(channel.Id, channel.State switch
    {
        "Up" => LegState.Up,
        "Ringing" => LegState.Ringing,
        _ => LegState.Down,
    });

    /// <summary>
    /// True where a leg was dialled: its INVITE has taken the headers along that were to be sent with it. Asterisk keeps a dialled leg in
    /// state Down until its phone rings, lets it be dialled a second time, and then it is lost
    /// (LegThatHasNotRung_IsDown_AndIsLostWhenItIsDialledAgain in the end-to-end tests). Of legs other than PJSIP's nobody can tell: true,
    /// as it is of nearly all that anybody asks about.
    /// </summary>
    /// <exception cref="AriException">Asterisk did not answer.</exception>
    internal static async Task<bool> WasDialledAsync(this AriClient ari, string channelId, CancellationToken cancellationToken)
    {
        try
        {
            await ari.Channels.GetChannelVarAsync(channelId, $"PJSIP_HEADER(read,{CallVariables.ToBeSent})", cancellationToken);
            return false;
        }
        catch (AriException e) when (e.Status is { } status)
        {
            // Else it is gone, and dialling it says so.
            return status == FunctionFailed;
        }
    }

    /// <summary>The request by which routing learns of a caller.</summary>
    /// <param name="channel">The caller's channel.</param>
    /// <param name="arguments">What followed the application's name in <c>Stasis()</c>.</param>
    internal static RouteRequest ToRouteRequest(this Channel channel, IEnumerable<string> arguments) => new(
        CallIds.ForArrival(channel.Id, channel.PreviousCallId()),
        EndpointOf(channel.Name),
        channel.Dialplan.Exten,
        channel.Caller.Number,
        channel.Caller.Name,
        ParseArguments(arguments),
        channel.Creationtime);

    /// <summary>The arguments of a channel that is found in Stasis; its <c>StasisStart</c> was sent to somebody else.</summary>
    internal static IEnumerable<string> StasisArguments(this Channel channel) =>
        channel.Dialplan.AppData is { } data ? data.Split(',').Skip(1) : [];

    /// <summary><c>PJSIP/web-abc-0000002a</c> is a channel of endpoint <c>web-abc</c>; other technologies keep their address.</summary>
    internal static string EndpointOf(string channelName)
    {
        const string Pjsip = "PJSIP/";
        var serial = channelName.LastIndexOf('-');
        return channelName.StartsWith(Pjsip, StringComparison.Ordinal) && serial > Pjsip.Length ? channelName[Pjsip.Length..serial] : channelName;
    }

    private static string? PreviousCallId(this Channel channel) =>
        channel.Channelvars is { } variables && variables.TryGetValue(DialplanVariables.CallId, out var id) ? id?.ToString() : null;

    private static ImmutableDictionary<string, string> ParseArguments(IEnumerable<string> arguments)
    {
        var parsed = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=');
            if (equals > 0)
            {
                parsed[argument[..equals].Trim()] = argument[(equals + 1)..].Trim();
            }
        }

        return parsed.ToImmutable();
    }
}
