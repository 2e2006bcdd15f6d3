using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Media;

/// <summary>What one leg of a call says, live. Disposing closes it: its channels and its bridge are gone in Asterisk afterwards.</summary>
public sealed class AudioTap : IAsyncDisposable
{
    // Five seconds.
    private const int Capacity = 250;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private readonly Channel<AudioFrame> _frames = Channel.CreateBounded<AudioFrame>(new BoundedChannelOptions(Capacity) { SingleWriter = true });
    private readonly Lock _gate = new();
    private readonly TapLine _line;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private Task _life = Task.CompletedTask;
    private DateTimeOffset _startedAt;
    private bool _isSilenced;
    private long _framesRead;
    private long _framesDropped;

    internal AudioTap(TapLine line, TimeProvider time, ILogger log) => (_line, _time, _log) = (line, time, log);

    /// <summary>The call that it was opened for.</summary>
    public string CallId => _line.CallId;

    /// <summary>The channel of the leg that it hears.</summary>
    public string ChannelId => _line.ChannelId;

    /// <summary>When its first sample reached us, by our clock; the default value until then. A frame's own time counts from it.</summary>
    public DateTimeOffset StartedAt
    {
        get
        {
            lock (_gate)
            {
                return _startedAt;
            }
        }
    }

    /// <summary>
    /// A pause: while true, frames are thrown away as they come, and what nobody has read yet when it becomes true is thrown away too, so
    /// that no buffer holds what is said. The places of frames go on meanwhile.
    /// </summary>
    public bool IsSilenced
    {
        get => Volatile.Read(ref _isSilenced);
        set
        {
            lock (_gate)
            {
                Volatile.Write(ref _isSilenced, value);
                while (value && _frames.Reader.TryRead(out _))
                {
                    // Nobody hears it.
                }
            }
        }
    }

    /// <summary>How many frames came from Asterisk.</summary>
    public long FramesRead => Interlocked.Read(ref _framesRead);

    /// <summary>How many of them were dropped because whoever reads <see cref="Frames"/> was too slow.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    /// <summary>The frames: those of about five seconds wait for their reader. Completes when the leg or the line ends.</summary>
    public ChannelReader<AudioFrame> Frames => _frames.Reader;

    /// <summary>Closes it. Returns once Asterisk has nothing of it left, or does not answer.</summary>
    public async ValueTask DisposeAsync()
    {
        _line.End();
        await _life;
    }

    /// <summary>Reads the socket from now on, until the line is over.</summary>
    /// <param name="socket">The socket; disposed of in the end.</param>
    /// <param name="remove">Removes from Asterisk what the tap has there. Never throws.</param>
    /// <param name="stop">Ends it at once.</param>
    internal void Begin(WebSocket socket, Func<Task> remove, CancellationToken stop) => _life = LiveAsync(socket, remove, stop);

    /// <summary>A frame has come.</summary>
    internal void OnRead(long at)
    {
        CallMetrics.TapFramesRead.Add(1);
        if (Interlocked.Increment(ref _framesRead) == 1)
        {
            lock (_gate)
            {
                _startedAt = _time.GetUtcNow() - _time.GetElapsedTime(at);
            }
        }
    }

    /// <summary>Gives a frame to whoever reads them, if there is room.</summary>
    internal void HandOn(long begin, short[] samples)
    {
        lock (_gate)
        {
            var at = _startedAt + TimeSpan.FromTicks(begin * (TimeSpan.TicksPerSecond / AudioFrame.Rate));
            if (_isSilenced || _frames.Writer.TryWrite(new AudioFrame(at, begin, samples)))
            {
                return;
            }
        }

        Interlocked.Increment(ref _framesDropped);
        CallMetrics.TapFramesDropped.Add(1);
    }

    private async Task LiveAsync(WebSocket socket, Func<Task> remove, CancellationToken stop)
    {
        CallMetrics.OpenTaps.Add(1);
        using (socket)
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            var reading = ReadAsync(socket, cut.Token);
            await Task.WhenAny(reading, _line.Over);
            _line.End();

            // Asterisk ends the socket with the media channel, once all that was said before is sent.
            await remove();
            cut.CancelAfter(LastWords);
            await reading;
        }

        CallMetrics.OpenTaps.Add(-1);
    }

    private async Task ReadAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await new MediaReader(socket, this, _time, _log).ReadAsync(cancellationToken);
        _frames.Writer.TryComplete();
    }
}
