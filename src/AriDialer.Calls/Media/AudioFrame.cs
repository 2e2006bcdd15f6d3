namespace AriDialer.Calls.Media;

/// <summary>A fiftieth of a second of what one leg says: 16-bit mono at 16 kHz.</summary>
/// <param name="At">When its first sample reached us, by our clock, evened out over the frames before it.</param>
/// <param name="Begin">
/// Its place in the tap, in samples from the tap's first one. It keeps pace with the clock: where the line had a hole, or frames were
/// dropped because nobody read them, it jumps, and is never smaller than it was. Where the line ran ahead of the clock, it grows by a
/// little less than a frame has samples: that is no gap.
/// </param>
/// <param name="Samples">The samples. Whoever reads the frame owns them.</param>
public readonly record struct AudioFrame(DateTimeOffset At, long Begin, short[] Samples)
{
    /// <summary>Samples in a second.</summary>
    public const int Rate = 16_000;
}
