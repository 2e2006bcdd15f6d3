using AriDialer.Ari;

namespace AriDialer.Calls.Demo;

/// <summary>The pretend telephone network's other half: it calls a number of ours. Only a demonstration's dialplan has its contexts.</summary>
public sealed class DemoCaller
{
    private readonly AriClient _ari;

    internal DemoCaller(AriClient ari) => _ari = ari;

    /// <summary>Has the pretend network call. Returns once it dials; what becomes of the call is seen as of any other.</summary>
    /// <param name="fromNumber">The number that calls, E.164.</param>
    /// <param name="toNumber">The number of ours, E.164.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AriException">Asterisk refused or could not be reached.</exception>
    public Task CallAsync(string fromNumber, string toNumber, CancellationToken cancellationToken = default) =>
        _ari.Channels.OriginateAsync(
            $"Local/{toNumber}@aridialer-trunk/n",
            extension: "s",
            context: "aridialer-demo-caller",
            priority: 1,
            callerId: fromNumber,
            timeout: 60,
            cancellationToken: cancellationToken);
}
