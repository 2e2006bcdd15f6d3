namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>
/// Makes 16 kHz of 8 kHz without shifting it in time: each second sample is the track's own, and the one between follows from its
/// neighbours (a windowed sinc).
/// </summary>
/// <param name="read">Fills the span with the track's next samples; fewer only at the end.</param>
internal sealed class RateDoubler(Func<Span<short>, int> read)
{
    // So many neighbours on each side: what is above 4 kHz afterwards is 50 dB down.
    private const int Reach = 16;
    private const int Step = 2_048;
    private static readonly float[] Weights = [.. Enumerable.Range(0, Reach).Select(WeightAt)];

    private readonly short[] _input = new short[Reach + Step + Reach];
    private readonly short[] _output = new short[2 * Step];
    private int _used = 2 * Step;
    private bool _hasBegun;

    /// <summary>Fills the span; behind the track's end with silence.</summary>
    public void Read(Span<short> samples)
    {
        while (samples.Length > 0)
        {
            if (_used == _output.Length)
                Refill();
            var count = Math.Min(samples.Length, _output.Length - _used);
            _output.AsSpan(_used, count).CopyTo(samples);
            _used += count;
            samples = samples[count..];
        }
    }

    private void Refill()
    {
        if (_hasBegun)
            _input.AsSpan(Step).CopyTo(_input);
        else
            ReadInput(Reach, Reach);
        _hasBegun = true;
        ReadInput(2 * Reach, Step);

        for (var i = 0; i < Step; i++)
        {
            var between = 0f;
            for (var away = 0; away < Reach; away++)
                between += Weights[away] * (_input[Reach + i - away] + _input[Reach + i + 1 + away]);
            _output[2 * i] = _input[Reach + i];
            _output[2 * i + 1] = (short)Math.Clamp(MathF.Round(between), short.MinValue, short.MaxValue);
        }

        _used = 0;
    }

    private void ReadInput(int at, int count)
    {
        var part = _input.AsSpan(at, count);
        part[read(part)..].Clear();
    }

    private static float WeightAt(int away)
    {
        var distance = (away + 0.5) * Math.PI;
        var window = 0.5 + 0.5 * Math.Cos(distance / Reach);
        return (float)(Math.Sin(distance) / distance * window);
    }
}
