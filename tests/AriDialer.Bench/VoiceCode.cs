namespace AriDialer.Bench;

/// <summary>
/// Sound that says when it was sent: each packet of 20 ms is a level of its own, and 32 of them make a staircase. So what comes out of
/// Asterisk tells, packet by packet, how long it was under way, up to 640 ms.
/// </summary>
internal static class VoiceCode
{
    internal const int PacketMilliseconds = 20;
    private const int Levels = 32;
    private const int Step = 1000;

    // What µ-law makes of the levels.
    private static readonly byte[] Codes = [.. Enumerable.Range(0, Levels).Select(level => Encode(((level - (Levels / 2)) * Step) + (Step / 2)))];
    private static readonly int[] Heard = [.. Codes.Select(Decode)];

    /// <summary>When in each 20 ms a telephone sends: not all at once.</summary>
    internal static int PhaseOf(int port) => port % 4 * 5;

    /// <summary>The µ-law byte of which the n-th packet since the clock began consists.</summary>
    internal static byte Of(long packet) => Codes[packet % Levels];

    /// <summary>How long ago, in milliseconds, the packet was sent from which the middle of a frame comes.</summary>
    /// <param name="samples">The frame.</param>
    /// <param name="milliseconds">What the clock shows now.</param>
    /// <param name="phase">Of whoever sent it.</param>
    /// <returns>Null where one packet ends and the next begins in the middle of the frame: that level is none.</returns>
    internal static double? Delay(ReadOnlySpan<short> samples, double milliseconds, int phase)
    {
        var (sum, least, most) = (0, int.MaxValue, int.MinValue);
        foreach (var sample in samples.Slice((samples.Length / 2) - 16, 32))
        {
            sum += sample;
            (least, most) = (Math.Min(least, sample), Math.Max(most, sample));
        }

        if (most - least > Step / 4)
        {
            return null;
        }

        var (best, distance) = (0, int.MaxValue);
        for (var level = 0; level < Levels; level++)
        {
            var off = Math.Abs(Heard[level] - (sum / 32));
            (best, distance) = off < distance ? (level, off) : (best, distance);
        }

        const int Round = Levels * PacketMilliseconds;
        var ago = (milliseconds - phase - (best * PacketMilliseconds)) % Round;
        return ago < 0 ? ago + Round : ago;
    }

    private static byte Encode(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(sample), 32635) + 132;
        var exponent = 7;
        for (var mask = 0x4000; exponent > 0 && (magnitude & mask) == 0; mask >>= 1)
        {
            exponent--;
        }

        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    private static int Decode(byte code)
    {
        var bits = (byte)~code;
        var magnitude = ((((bits & 0x0F) << 3) + 132) << ((bits & 0x70) >> 4)) - 132;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }
}
