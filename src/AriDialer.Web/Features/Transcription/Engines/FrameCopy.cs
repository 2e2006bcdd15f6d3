using System.Threading.Channels;
using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>Takes frames from whoever has them, no faster than they are worked on.</summary>
internal static class FrameCopy
{
    /// <summary>Until there are no more; whatever goes wrong, who reads them is told.</summary>
    public static async Task CopyToAsync(this IAsyncEnumerable<AudioFrame> sound, ChannelWriter<AudioFrame> frames, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in sound.WithCancellation(cancellationToken))
            {
                await frames.WriteAsync(frame, cancellationToken);
            }

            frames.TryComplete();
        }
        catch (Exception e)
        {
            frames.TryComplete(e);
        }
    }
}
