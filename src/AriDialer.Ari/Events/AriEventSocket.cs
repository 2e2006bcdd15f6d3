using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AriDialer.Ari.Events;

/// <summary>
/// The one socket that brings an application's events. Asterisk gives an application to the socket that asked last; the one before
/// is told so, stays open, and hears nothing any more. Keep one per application: one that is replaced takes the application back only
/// after the longest of its waits, so that two of them do not fight.
/// </summary>
/// <param name="client">Whose Asterisk and application.</param>
/// <param name="time">The clock of the waits between attempts.</param>
/// <param name="logger">Where connections and their ends are noted.</param>
public sealed partial class AriEventSocket(AriClient client, TimeProvider? time = null, ILogger<AriEventSocket>? logger = null)
{
    private const string Replaced = "another client took the application over";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ILogger _logger = logger ?? NullLogger<AriEventSocket>.Instance;
    private volatile Connection? _present;

    /// <summary>
    /// Whether Asterisk has our application, as far as is known at this moment, however much its reader has not read yet. While it does not,
    /// it makes channels all the same, says that it did, and hangs them up as soon as they come into Stasis, of which nobody is told
    /// ("Stasis app 'aridialer' not active").
    /// </summary>
    public bool IsOpen => _present is not null;

    /// <summary>
    /// Connects, and yields what comes in, in order, reconnecting for ever. Nothing is dropped: what the reader of this stream has
    /// not taken yet waits in memory, while the socket is read on, because Asterisk throws off whoever reads slowly.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream and closes the socket.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<AriMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var queue = Channel.CreateUnbounded<AriMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = Task.Run(() => PumpAsync(queue.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return message;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Ends a connection whose reader cannot go on from it: it is lost like any other, and the next one is opened after the usual wait. One
    /// that is lost already, or was followed by another, is left alone.
    /// </summary>
    /// <param name="connection">Which, as it was read.</param>
    /// <param name="reason">Why, for people.</param>
    public void Drop(AriMessage.Connected connection, string reason)
    {
        if (_present is { } present && ReferenceEquals(present.Message, connection))
        {
            present.DroppedFor = reason;
            present.Socket.Abort();
        }
    }

    private async Task PumpAsync(ChannelWriter<AriMessage> queue, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectForeverAsync(queue, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Only a cancelled token or a bug ends the loop: the reader of the stream learns of either.
            queue.Complete(exception);
        }
    }

    private async Task ConnectForeverAsync(ChannelWriter<AriMessage> queue, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(client.Options.ReconnectFirst, client.Options.ReconnectMost);
        var wasConnected = false;
        var saidSo = false;
        while (true)
        {
            string reason;
            try
            {
                using var socket = await client.Events.EventWebsocketAsync([client.Options.App], cancellationToken: cancellationToken).ConfigureAwait(false);
                var since = _time.GetTimestamp();
                LogConnected(client.Options.App);
                var present = _present = new Connection(new AriMessage.Connected(AfterGap: wasConnected), socket);
                queue.TryWrite(present.Message);
                wasConnected = true;
                saidSo = false;
                reason = await ReceiveAsync(socket, queue, cancellationToken).ConfigureAwait(false);
                reason = present.DroppedFor ?? reason;

                // A connection that ends at once must not start the waits anew.
                if (_time.GetElapsedTime(since) > client.Options.ReconnectMost)
                    backoff.Reset();
            }
            catch (AriException exception)
            {
                reason = exception.Message;
            }

            if (!saidSo)
            {
                LogDisconnected(client.Options.App, reason);
                queue.TryWrite(new AriMessage.Disconnected(reason));
                saidSo = true;
            }

            var wait = reason == Replaced ? client.Options.ReconnectMost : backoff.Next();
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> ReceiveAsync(WebSocket socket, ChannelWriter<AriMessage> queue, CancellationToken cancellationToken)
    {
        using var reader = new EventReader(socket, client.Options.MaxEventBytes);
        try
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                queue.TryWrite(new AriMessage.Event(message));
                if (message is ApplicationReplaced)
                    return Replaced;
            }

            return "Asterisk closed the socket";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // So the framework tells of a ping that was not answered.
            return "Asterisk did not answer a ping in time";
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException)
        {
            return (exception.InnerException ?? exception).Message;
        }
        finally
        {
            _present = null;
        }
    }

    private sealed class Connection(AriMessage.Connected message, WebSocket socket)
    {
        public AriMessage.Connected Message { get; } = message;

        public WebSocket Socket { get; } = socket;

        public string? DroppedFor { get; set; }
    }

    [LoggerMessage(LogLevel.Information, "Connected to Asterisk as {App}")]
    private partial void LogConnected(string app);

    [LoggerMessage(LogLevel.Warning, "Not connected to Asterisk as {App}: {Reason}. Trying until it works")]
    private partial void LogDisconnected(string app, string reason);
}
