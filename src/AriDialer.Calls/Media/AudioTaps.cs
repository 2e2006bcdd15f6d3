using System.Collections.Concurrent;
using AriDialer.Ari;
using AriDialer.Ari.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Media;

/// <summary>
/// Opens audio taps, and sees to it that none outlives its leg or whoever opened it. Beside the effects of a call this is the one thing
/// that asks Asterisk for something in a call: it adds to a call and changes nothing in it, so no <see cref="Call"/> knows of it.
/// </summary>
public sealed partial class AudioTaps : IDisposable
{
    private readonly AriClient _ari;
    private readonly AriOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    // Each tap three times, by the ids of what it has in Asterisk.
    private readonly ConcurrentDictionary<string, TapLine> _lines = new();

    private readonly CancellationTokenSource _stop = new();

    internal AudioTaps(AriClient ari, IOptions<AriOptions> options, TimeProvider time, ILogger<AudioTaps> log) =>
        (_ari, _options, _time, _log) = (ari, options.Value, time, log);

    /// <summary>Opens a tap on a leg of a live call.</summary>
    /// <param name="callId">The call, after which what the tap has in Asterisk is named.</param>
    /// <param name="channelId">The leg's channel.</param>
    /// <param name="cancellationToken">Gives up; what was made is removed.</param>
    /// <returns>Null where the leg has gone, or Asterisk would not.</returns>
    public async Task<AudioTap?> OpenAsync(string callId, string channelId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = new TapLine(_ari, _options.App, callId, channelId);
        Register(line);
        AudioTap? tap = null;
        try
        {
            var connectionId = await line.MakeAsync();
            var socket = await MediaSocket.ConnectAsync(_options, connectionId, cancellationToken);
            tap = new AudioTap(line, _time, _log);
            tap.Begin(socket, () => RemoveAsync(line), _stop.Token);
            await line.JoinAsync(_time, cancellationToken);
            return tap;
        }
        catch (Exception e)
        {
            line.End();
            await (tap?.DisposeAsync().AsTask() ?? RemoveAsync(line));
            cancellationToken.ThrowIfCancellationRequested();
            if (e is AriException { Kind: AriErrorKind.Gone })
            {
                LogLegGone(channelId);
            }
            else
            {
                LogNotOpened(channelId, callId, e.Message);
            }

            return null;
        }
    }

    /// <summary>Ends the sockets. What is in Asterisk stays, and is reaped at the next start.</summary>
    public void Dispose() => _stop.Cancel();

    /// <summary>Takes what an event says of taps, or of legs that have one.</summary>
    internal void Handle(AriEvent e)
    {
        switch (e)
        {
            case StasisStart { Channel.Id: var id } when CallIds.IsTap(id):
                OnArrived(id);
                break;
            case StasisEnd { Channel.Id: var id }:
                // The last that is told of a snoop, and of a leg that goes back to the dialplan.
                OnGone(id);
                break;
            case ChannelDestroyed { Channel.Id: var id }:
                OnGone(id);
                break;
        }
    }

    private void OnArrived(string id)
    {
        if (IsLeftOver(id))
        {
            // The request that made it was given up while it was still under way.
            _ = RemoveAsync("channel", id, () => _ari.Channels.HangupAsync(id, cancellationToken: _stop.Token));
        }
        else if (_lines.TryGetValue(id, out var line))
        {
            line.OnArrived(id);
        }
    }

    private void OnGone(string id)
    {
        if (_lines.TryGetValue(id, out var line))
        {
            line.OnGone(id);
            return;
        }

        foreach (var ended in Lines().Where(line => line.ChannelId == id))
        {
            ended.End();
        }
    }

    private IEnumerable<TapLine> Lines() => _lines.Where(pair => pair.Key == pair.Value.Ids.Snoop).Select(pair => pair.Value);

    private void Register(TapLine line) => (_lines[line.Ids.Snoop], _lines[line.Ids.Media], _lines[line.Ids.Bridge]) = (line, line, line);

    private void Forget(TapLine line)
    {
        _lines.TryRemove(line.Ids.Snoop, out _);
        _lines.TryRemove(line.Ids.Media, out _);
        _lines.TryRemove(line.Ids.Bridge, out _);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No tap on {Channel}: it has gone")]
    private partial void LogLegGone(string channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No tap on {Channel} of call {CallId}: {Reason}")]
    private partial void LogNotOpened(string channel, string callId, string reason);
}
