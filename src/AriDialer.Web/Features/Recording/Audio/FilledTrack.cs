namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>
/// A track whose file has less than its time, because packets were lost on the line: silence makes up for them. Where they were is not
/// known, so it is spread evenly, each time where the sound is quietest.
/// </summary>
internal sealed class FilledTrack(TrackFile file, long lost) : IDisposable
{
    private const int Chunk = SampleClock.Rate;
    private const int Step = SampleClock.Rate / 50;

    private short[] _sound = [];
    private int _at;
    private long _read;
    private long _filled;

    /// <summary>Fills the span with what comes next; behind the end with silence.</summary>
    public void Read(Span<short> samples)
    {
        if (lost == 0)
        {
            file.Read(samples);
            return;
        }

        while (!samples.IsEmpty)
        {
            if (_at == _sound.Length)
                ReadChunk();
            var part = _sound.AsSpan(_at, Math.Min(samples.Length, _sound.Length - _at));
            part.CopyTo(samples);
            _at += part.Length;
            samples = samples[part.Length..];
        }
    }

    public void Dispose() => file.Dispose();

    private void ReadChunk()
    {
        var own = (int)Math.Min(Chunk, file.Length - _read);
        _read += own;
        var due = own == 0 ? Chunk : (int)(lost * _read / file.Length - _filled);
        _filled += due;
        (_sound, _at) = (new short[own + due], 0);
        file.Read(_sound.AsSpan(0, own));
        var place = QuietestPlace(_sound.AsSpan(0, own));
        _sound.AsSpan(place, own - place).CopyTo(_sound.AsSpan(place + due));
        _sound.AsSpan(place, due).Clear();
    }

    private static int QuietestPlace(ReadOnlySpan<short> sound)
    {
        var (place, least) = (sound.Length, long.MaxValue);
        for (var begin = 0; begin + Step <= sound.Length; begin += Step)
        {
            var energy = 0L;
            foreach (var sample in sound.Slice(begin, Step))
                energy += sample * sample;
            if (energy < least)
                (place, least) = (begin + Step / 2, energy);
        }

        return place;
    }
}
