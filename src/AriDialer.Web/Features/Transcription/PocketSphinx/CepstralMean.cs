namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>How a voice and its line sound on average, which is subtracted so that what is said remains.</summary>
internal sealed class CepstralMean(int cepstrum)
{
    private readonly double[] _sum = new double[cepstrum];

    /// <summary>Over how many hundredths of a second it is.</summary>
    public double Weight { get; private set; }

    public void Add(ReadOnlySpan<float> cepstra)
    {
        for (var row = 0; row < cepstra.Length; row += cepstrum)
        {
            // The first value is the frame's energy. One without any, as codecs leave them in pauses, says nothing about the voice.
            if (cepstra[row] < 0)
                continue;
            Weight++;
            for (var i = 0; i < cepstrum; i++)
                _sum[i] += cepstra[row + i];
        }
    }

    /// <summary>Lets it count for no more than this, so that what comes next counts too.</summary>
    public void Limit(double weight)
    {
        if (Weight <= weight)
            return;
        for (var i = 0; i < cepstrum; i++)
            _sum[i] *= weight / Weight;
        Weight = weight;
    }

    public float[] SubtractFrom(ReadOnlySpan<float> cepstra)
    {
        var values = cepstra.ToArray();
        for (var at = 0; Weight > 0 && at < values.Length; at++)
            values[at] -= (float)(_sum[at % cepstrum] / Weight);
        return values;
    }
}
