using System.Threading.Channels;
using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>Waits for frames, and says once when none has come for a while.</summary>
internal sealed class Quiet(ChannelReader<AudioFrame> frames, TimeSpan after, TimeProvider time, CancellationToken cancellationToken)
{
    private Task<bool>? _waiting;

    // Before the first frame nobody has fallen silent.
    private bool _isTold = true;

    /// <returns>True where there is a frame, false where none comes any more, null where it has become quiet.</returns>
    public async Task<bool?> WaitAsync()
    {
        _waiting ??= frames.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            var isThere = _isTold ? await _waiting : await _waiting.WaitAsync(after, time, cancellationToken);
            (_waiting, _isTold) = (null, false);
            return isThere;
        }
        catch (TimeoutException)
        {
            _isTold = true;
            return null;
        }
    }
}
