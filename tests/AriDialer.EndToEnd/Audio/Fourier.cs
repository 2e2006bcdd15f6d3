namespace AriDialer.EndToEnd.Audio;

internal static class Fourier
{
    /// <summary>The discrete Fourier transform in place; the length is a power of two.</summary>
    public static void Transform(Span<double> real, Span<double> imaginary)
    {
        var n = real.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            var bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (real[i], real[j], imaginary[i], imaginary[j]) = (real[j], real[i], imaginary[j], imaginary[i]);
        }
        for (var size = 2; size <= n; size <<= 1)
        {
            for (var start = 0; start < n; start += size)
                Butterflies(real.Slice(start, size), imaginary.Slice(start, size));
        }
    }

    private static void Butterflies(Span<double> real, Span<double> imaginary)
    {
        var half = real.Length / 2;
        for (var k = 0; k < half; k++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * k / real.Length);
            var oddReal = real[k + half] * cos - imaginary[k + half] * sin;
            var oddImaginary = real[k + half] * sin + imaginary[k + half] * cos;
            (real[k + half], imaginary[k + half]) = (real[k] - oddReal, imaginary[k] - oddImaginary);
            (real[k], imaginary[k]) = (real[k] + oddReal, imaginary[k] + oddImaginary);
        }
    }
}
