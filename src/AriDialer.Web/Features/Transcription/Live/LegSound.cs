using System.Threading.Channels;
using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>Begins to hear what one leg of a live call says; null where the leg has gone, or Asterisk would not.</summary>
internal delegate Task<LegSound?> HearLeg(string callId, string channelId, CancellationToken cancellationToken);

/// <summary>What one leg says, for as long as it is listened to. Disposing ends it; what was read before is still there.</summary>
internal abstract class LegSound : IAsyncDisposable
{
    /// <summary>Completes with the leg, or the line to it.</summary>
    public abstract ChannelReader<AudioFrame> Frames { get; }

    /// <summary>How many frames were lost because nobody read them in time.</summary>
    public abstract long FramesDropped { get; }

    /// <summary>While true, what is said goes nowhere.</summary>
    public abstract bool IsSilenced { set; }

    public abstract ValueTask DisposeAsync();
}
