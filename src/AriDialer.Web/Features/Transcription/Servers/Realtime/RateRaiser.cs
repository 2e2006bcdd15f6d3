namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>
/// Makes 24 kHz of 16 kHz as it comes, without shifting it in time: of three samples one is there already, and the two others follow from
/// their neighbours (a windowed sinc).
/// </summary>
internal sealed class RateRaiser
{
    public const int Rate = 24_000;

    // So many neighbours on each side, as where 8 kHz becomes 16.
    private const int Reach = 16;
    private static readonly float[] OneThird = WeightsAt(1 / 3.0);
    private static readonly float[] TwoThirds = WeightsAt(2 / 3.0);

    // Silence before, and then what is not used up.
    private readonly List<short> _input = [.. new short[Reach]];

    /// <summary>What is known of the output with these samples: all but the last thousandth of a second.</summary>
    public short[] Add(ReadOnlySpan<short> samples)
    {
        _input.AddRange(samples);
        List<short> output = [];
        var place = Reach;
        for (; place + 1 + Reach < _input.Count; place += 2)
        {
            output.Add(_input[place]);
            output.Add(Between(place, TwoThirds));
            output.Add(Between(place + 1, OneThird));
        }

        _input.RemoveRange(0, place - Reach);
        return [.. output];
    }

    /// <summary>The rest, with silence behind it.</summary>
    public short[] End() => Add(new short[Reach + _input.Count % 2]);

    private short Between(int place, float[] weights)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * _input[place - Reach + 1 + i];
        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    // Those of the neighbours around a place behind a sample; what is level stays so.
    private static float[] WeightsAt(double behind)
    {
        double[] weights = [.. Enumerable.Range(1 - Reach, 2 * Reach).Select(neighbour => WeightAt((neighbour - behind) * Math.PI))];
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    private static double WeightAt(double distance) => Math.Sin(distance) / distance * (0.5 + 0.5 * Math.Cos(distance / Reach));
}
