namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>Sounds whose place can be found again, by their samples at 16 kHz.</summary>
internal static class Signals
{
    public const int Rate = 16_000;

    /// <summary>A tone that glides: like itself at one place only.</summary>
    public static short[] Chirp(double seconds, double from, double to, int rate = Rate) =>
        Make(seconds, rate, t => 0.3 * Math.Sin(2 * Math.PI * (from * t + (to - from) * t * t / (2 * seconds))));

    public static short[] Sine(double seconds, double frequency, double amplitude = 0.3, int rate = Rate) =>
        Make(seconds, rate, t => amplitude * Math.Sin(2 * Math.PI * frequency * t));

    public static short[] Constant(double seconds, short value) => [.. Enumerable.Repeat(value, (int)(seconds * Rate))];

    public static short[] Silence(double seconds) => Constant(seconds, 0);

    public static short[] Noise(double seconds, int seed)
    {
        var random = new Random(seed);
        return Make(seconds, Rate, _ => 0.3 * (2 * random.NextDouble() - 1));
    }

    /// <summary>The level of a stretch, in dB of full scale.</summary>
    public static double Level(short[] sound, double from, double to)
    {
        var part = Part(sound, from, to);
        return 10 * Math.Log10(part.Sum(sample => (double)sample * sample) / part.Length / (32_768.0 * 32_768) + 1e-12);
    }

    /// <summary>How loud one sound is in another that begins with it, in dB of its own level.</summary>
    public static double Share(short[] sound, short[] inSound, double from)
    {
        var there = Part(inSound, from, from + (double)sound.Length / Rate);
        return 20 * Math.Log10(Math.Abs(Product(sound, there, 0)) / Product(sound, sound, 0) + 1e-9);
    }

    /// <summary>How much later than it should a sound is found, and how like itself it is.</summary>
    public static (TimeSpan Late, double Likeness) Find(short[] sound, short[] inSound, double expectedAt)
    {
        const int Around = Rate / 20;
        var there = Part([.. inSound, .. Silence(0.05)], expectedAt - 0.05, expectedAt + 0.05 + (double)sound.Length / Rate);
        var best = Enumerable.Range(0, 2 * Around + 1).MaxBy(lag => Product(sound, there, lag));
        var like = Product(sound, there, best) / Math.Sqrt(Product(sound, sound, 0) * Product(there[best..], there[best..(best + sound.Length)], 0));
        return (TimeSpan.FromSeconds((double)(best - Around) / Rate), like);
    }

    private static short[] Part(short[] sound, double from, double to) => sound[(int)Math.Round(from * Rate)..(int)Math.Round(to * Rate)];

    private static double Product(short[] a, short[] b, int lag)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length && i + lag < b.Length; i++)
            sum += (double)a[i] * b[i + lag];
        return sum;
    }

    private static short[] Make(double seconds, int rate, Func<double, double> at) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => (short)(short.MaxValue * at((double)i / rate)))];
}
