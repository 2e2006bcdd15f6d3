using AriDialer.Ari;

namespace AriDialer.Calls.Media;

/// <summary>
/// What one tap has in Asterisk: a channel that hears the leg, a channel that hands its sound to us, and a bridge between the two. The
/// first ends with the leg; the others do not, and have to be removed (RealTapTests).
/// </summary>
/// <remarks>
/// A snoop hands on one frame a tick of its own timer. A tick that Asterisk has no time for is not made up for: all that follows is
/// 20 ms later for the rest of the call, and at half a second it throws that away at once, which is a hole like any other. It takes a
/// machine with far too much to do, and ./bench taps shows it ("never sent", "after its sending").
/// </remarks>
internal sealed class TapLine(AriClient ari, string app, string callId, string channelId)
{
    private const string ConnectionId = "MEDIA_WEBSOCKET_CONNECTION_ID";
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Part _snoop = new();
    private readonly Part _media = new();
    private bool _bridgeAsked;

    internal string CallId => callId;

    internal string ChannelId => channelId;

    internal TapIds Ids { get; } = CallIds.NewTap(callId);

    /// <summary>Completes once the leg has ended, or nobody wants the tap any more. What is in Asterisk is a leftover from then on.</summary>
    internal Task Over => _over.Task;

    /// <summary>True while all of it is in its place: whatever of it is missing then has ended.</summary>
    internal bool IsJoined { get; private set; }

    internal void End() => _over.TrySetResult();

    /// <summary>A channel of it has entered Stasis.</summary>
    internal void OnArrived(string id) => PartOf(id).Arrived.TrySetResult();

    /// <summary>A channel of it is no more, and without it there is nothing to hear.</summary>
    internal void OnGone(string id)
    {
        PartOf(id).Gone.TrySetResult();
        End();
    }

    /// <summary>Makes both channels.</summary>
    /// <returns>The id under which Asterisk hands out the sound. It is the only secret there: it belongs into no log.</returns>
    /// <exception cref="AriException">Asterisk would not.</exception>
    internal async Task<string> MakeAsync()
    {
        // No token: a request that is given up half-way may be carried out after the one that removes what it made.
        _snoop.IsAsked = true;
        await ari.Channels.SnoopChannelWithIdAsync(channelId, Ids.Snoop, app, spy: "in", cancellationToken: CancellationToken.None);
        _media.IsAsked = true;
        var media = await ari.Channels.ExternalMediaAsync(
            app,
            format: "slin16",
            channelId: Ids.Media,
            encapsulation: "none",
            transport: "websocket",
            connectionType: "server",
            direction: "in",
            cancellationToken: CancellationToken.None);
        return media.Channelvars?.GetValueOrDefault(ConnectionId) ?? throw new InvalidDataException("Asterisk did not say where the sound is.");
    }

    /// <summary>
    /// Joins the channels, once both are in Stasis: the one enters by itself, the other only when somebody has come for its sound, and
    /// before that neither can enter a bridge (AudioTapsTests, Open_MediaChannelEntersStasisLate_IsWaitedFor).
    /// </summary>
    /// <exception cref="AriException">Asterisk would not.</exception>
    /// <exception cref="TimeoutException">A channel did not come, or the leg ended meanwhile.</exception>
    internal async Task JoinAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var arrivals = Task.WhenAll(_snoop.Arrived.Task, _media.Arrived.Task);
        await Task.WhenAny(arrivals, Over).WaitAsync(ArrivalLimit, time, cancellationToken);
        ThrowIfOver();
        _bridgeAsked = true;
        await ari.Bridges.CreateWithIdAsync(Ids.Bridge, type: "mixing", name: Ids.Bridge, cancellationToken: CancellationToken.None);
        await ari.Bridges.AddChannelAsync(Ids.Bridge, [Ids.Snoop, Ids.Media], cancellationToken: CancellationToken.None);
        ThrowIfOver();
        IsJoined = true;
    }

    /// <summary>Removes what is left of it in Asterisk, one after the other.</summary>
    /// <exception cref="AriException">Asterisk could not be asked.</exception>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await RemoveAsync(_media, Ids.Media, cancellationToken);
        await RemoveAsync(_snoop, Ids.Snoop, cancellationToken);
        if (_bridgeAsked)
        {
            await UnlessGoneAsync(ari.Bridges.DestroyAsync(Ids.Bridge, cancellationToken));
            _bridgeAsked = false;
        }
    }

    /// <summary>Completes once Asterisk has told that the channels are gone. Their end follows the request that asked for it.</summary>
    internal Task GoneAsync() => Task.WhenAll(_media.GoneTask, _snoop.GoneTask);

    private async Task RemoveAsync(Part part, string id, CancellationToken cancellationToken)
    {
        if (part is { IsAsked: true, Gone.Task.IsCompleted: false } && !await UnlessGoneAsync(ari.Channels.HangupAsync(id, cancellationToken: cancellationToken)))
        {
            part.Gone.TrySetResult();
        }
    }

    /// <returns>False where it is gone already.</returns>
    private static async Task<bool> UnlessGoneAsync(Task request)
    {
        try
        {
            await request;
            return true;
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return false;
        }
    }

    private void ThrowIfOver()
    {
        if (Over.IsCompleted)
        {
            throw new TimeoutException("it ended meanwhile");
        }
    }

    private Part PartOf(string id) => id == Ids.Snoop ? _snoop : _media;

    /// <summary>One of the two channels.</summary>
    private sealed class Part
    {
        internal TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it may exist: its request was sent, whatever became of it.</summary>
        internal bool IsAsked { get; set; }

        // Of a channel that never entered Stasis no end is told.
        internal Task GoneTask => Arrived.Task.IsCompleted ? Gone.Task : Task.CompletedTask;
    }
}
