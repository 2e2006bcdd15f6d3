using System.Threading.Channels;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Live;

namespace AriDialer.Web.Tests.Transcription.Live;

/// <summary>A leg that says what a test wants: see <see cref="ScriptedEngine"/>.</summary>
internal sealed class ScriptedLeg(DateTimeOffset startedAt) : LegSound
{
    private readonly Channel<AudioFrame> _frames = Channel.CreateUnbounded<AudioFrame>();
    private long _next;
    private long _dropped;

    public override ChannelReader<AudioFrame> Frames => _frames.Reader;

    public override long FramesDropped => Interlocked.Read(ref _dropped);

    public override bool IsSilenced { set => Silenced = value; }

    public bool Silenced { get; private set; }

    public bool IsClosed { get; private set; }

    public void Say(params short[] words)
    {
        foreach (var word in words)
        {
            if (!Silenced)
                _frames.Writer.TryWrite(new AudioFrame(startedAt.AddSeconds((double)_next / AudioFrame.Rate), _next, [.. Enumerable.Repeat(word, 320)]));
            _next += 320;
        }
    }

    public void Pause() => Say(0, 0, 0, 0, 0);

    /// <summary>Nothing comes over the line for a while.</summary>
    public void Hole(int frames) => _next += 320 * frames;

    /// <summary>Frames came over the line, and nobody read them in time.</summary>
    public void Drop(int frames)
    {
        Hole(frames);
        Interlocked.Add(ref _dropped, frames);
    }

    public void HangUp() => _frames.Writer.TryComplete();

    public override ValueTask DisposeAsync()
    {
        IsClosed = true;
        HangUp();
        return ValueTask.CompletedTask;
    }
}
