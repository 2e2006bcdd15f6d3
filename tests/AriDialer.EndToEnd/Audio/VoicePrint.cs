namespace AriDialer.EndToEnd.Audio;

/// <summary>
/// How loud each band of the voice is, each 16 ms. Codecs, levels and delays change samples beyond recognition, and leave
/// this as it is.
/// </summary>
internal sealed class VoicePrint
{
    private const int Window = 256;
    private const int Hop = 128;
    private static readonly int[] BandEdges = [6, 10, 15, 21, 28, 38, 52, 70, 100];
    private readonly double[][] _frames;

    private VoicePrint(double[][] frames) => _frames = frames;

    public static VoicePrint Of(ReadOnlySpan<short> samples)
    {
        var frames = new double[Math.Max(0, (samples.Length - Window) / Hop + 1)][];
        for (var i = 0; i < frames.Length; i++)
            frames[i] = Bands(samples.Slice(i * Hop, Window));
        return new VoicePrint(frames);
    }

    /// <summary>
    /// The best likeness, from -1 to 1, of this (a few seconds that were heard) to any place of what was sent, which is
    /// taken to be played over and over.
    /// </summary>
    public double BestLikenessIn(VoicePrint sent)
    {
        var best = -1.0;
        for (var shift = 0; shift < sent._frames.Length; shift++)
            best = Math.Max(best, LikenessAt(sent, shift));
        return best;
    }

    private double LikenessAt(VoicePrint sent, int shift)
    {
        double sum = 0;
        for (var band = 0; band < BandEdges.Length - 1; band++)
            sum += Correlation(sent, shift, band);
        return sum / (BandEdges.Length - 1);
    }

    private double Correlation(VoicePrint sent, int shift, int band)
    {
        double sumA = 0, sumB = 0, sumAa = 0, sumBb = 0, sumAb = 0;
        var n = _frames.Length;
        for (var i = 0; i < n; i++)
        {
            var a = _frames[i][band];
            var b = sent._frames[(shift + i) % sent._frames.Length][band];
            (sumA, sumB, sumAa, sumBb, sumAb) = (sumA + a, sumB + b, sumAa + a * a, sumBb + b * b, sumAb + a * b);
        }
        var spread = Math.Sqrt((sumAa - sumA * sumA / n) * (sumBb - sumB * sumB / n));
        return spread < 1e-9 ? 0 : (sumAb - sumA * sumB / n) / spread;
    }

    private static double[] Bands(ReadOnlySpan<short> window)
    {
        Span<double> real = stackalloc double[Window];
        Span<double> imaginary = stackalloc double[Window];
        for (var i = 0; i < Window; i++)
            real[i] = window[i] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / (Window - 1)));
        Fourier.Transform(real, imaginary);
        var bands = new double[BandEdges.Length - 1];
        for (var band = 0; band < bands.Length; band++)
        {
            double energy = 0;
            for (var bin = BandEdges[band]; bin < BandEdges[band + 1]; bin++)
                energy += real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
            // The floor keeps a codec's faint noise in pauses from counting as much as speech.
            bands[band] = Math.Log10(energy + 1e7);
        }
        return bands;
    }
}
