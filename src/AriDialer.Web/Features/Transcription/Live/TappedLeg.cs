using System.Threading.Channels;
using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>A leg's sound by way of a tap.</summary>
internal sealed class TappedLeg(AudioTap tap) : LegSound
{
    public override ChannelReader<AudioFrame> Frames => tap.Frames;

    public override long FramesDropped => tap.FramesDropped;

    public override bool IsSilenced { set => tap.IsSilenced = value; }

    public override ValueTask DisposeAsync() => tap.DisposeAsync();
}
