using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Recording.Audio;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Of a recording, only the stretches that are wanted are heard, each on its side.</summary>
public sealed class StretchesOnlyTests
{
    [Fact]
    public async Task OutsideTheStretches_ThereIsSilence()
    {
        // Ten seconds in which the left is always 1 and the right always 2.
        var sound = Enumerable.Range(0, 10 * Signals.Rate).SelectMany(_ => new short[] { 1, 2 }).ToArray();
        using var only = new StretchesOnly(
            TranscriptionRig.Pcm(sound), 2, [(Right, 6, 7), (Left, 2, 3), (Left, 2.5, 4), (Left, 9.9, 99)]);
        using var heard = new MemoryStream();

        await only.CopyToAsync(heard, 1_002, TestContext.Current.CancellationToken);

        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(heard.ToArray()).ToArray();
        Assert.Equal(sound.Length, samples.Length);
        // With a little before and behind.
        Assert.Equal([(1.6, 4.4), (9.5, 10)], Loud(Left));
        Assert.Equal([(5.6, 7.4)], Loud(Right));

        List<(double From, double To)> Loud(RecordingSide side)
        {
            List<(double, double)> stretches = [];
            int? from = null;
            for (var i = 0; i <= 10 * Signals.Rate; i++)
            {
                var isLoud = i < 10 * Signals.Rate && samples[2 * i + (int)side] == (int)side + 1;
                if (isLoud && from is null)
                    from = i;
                if (!isLoud && from is { } begin)
                {
                    stretches.Add(((double)begin / Signals.Rate, (double)i / Signals.Rate));
                    from = null;
                }
            }

            return stretches;
        }
    }
}
