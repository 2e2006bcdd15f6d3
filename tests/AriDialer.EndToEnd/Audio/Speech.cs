using System.Diagnostics;
using AriDialer.Testing;
using WordErrors = AriDialer.Testing.Speech.WordErrors;

namespace AriDialer.EndToEnd.Audio;

/// <summary>Recorded speech: Asterisk's own prompts, spoken by a person.</summary>
internal sealed class Speech
{
    /// <summary>Samples a second wherever speech is compared: what the telephone network carries.</summary>
    public const int Rate = 8000;

    private static readonly string Folder = Directory.CreateTempSubdirectory("aridialer-speech-").FullName;
    private readonly Lazy<short[]> _samples;

    private Speech(string prompt)
    {
        Prompt = prompt;
        _samples = new Lazy<short[]>(() => ReadRaw(Convert("raw", "-r", $"{Rate}", "-e", "signed-integer", "-b", "16", "-c", "1")));
        WaveFile = new Lazy<string>(() => Convert("wav", "-r", "48000", "-b", "16", "-c", "1"));
        LongFile = new Lazy<string>(() => Convert("long.wav", ["-r", $"{Rate}", "-b", "16", "-c", "1"], "repeat", "9"));
    }

    public static Speech Congratulations { get; } = new("demo-congrats");

    public static Speech Instructions { get; } = new("demo-instruct");

    public static Speech Menu { get; } = new("basic-pbx-ivr-main");

    /// <summary>What is said before the echo of an echo call.</summary>
    public static Speech EchoExplained { get; } = new("demo-echotest");

    public string Prompt { get; }

    public short[] Samples => _samples.Value;

    /// <summary>A file that Chromium takes for its microphone, over and over.</summary>
    public Lazy<string> WaveFile { get; }

    /// <summary>The same, ten times over, at the telephone network's rate: for a phone that plays a file once.</summary>
    public Lazy<string> LongFile { get; }

    /// <summary>How many of its longer words stand in a text, from 0 to 1; those that another one has too do not count.</summary>
    public double ShareIn(string text, Speech other)
    {
        var own = LongWords(new Testing.Speech.Prompt(Prompt).Words).Except(LongWords(new Testing.Speech.Prompt(other.Prompt).Words)).ToList();
        return (double)own.Intersect(WordErrors.WordsOf(text)).Count() / own.Count;
    }

    private static IEnumerable<string> LongWords(string[] words) => words.Where(word => word.Length >= 4);

    private string Convert(string extension, params string[] format) => Convert(extension, format, []);

    private string Convert(string extension, string[] format, params string[] effects)
    {
        var source = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "asterisk", "sounds", "en_US_f_Allison", Prompt + ".gsm");
        var target = Path.Combine(Folder, $"{Prompt}.{extension}");
        using var sox = Process.Start(new ProcessStartInfo("sox", [source, .. format, target, .. effects]) { RedirectStandardError = true })!;
        var complaint = sox.StandardError.ReadToEnd();
        sox.WaitForExit();
        return sox.ExitCode == 0 ? target : throw new InvalidOperationException($"sox cannot convert {source}: {complaint}");
    }

    private static short[] ReadRaw(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var samples = new short[bytes.Length / 2];
        Buffer.BlockCopy(bytes, 0, samples, 0, samples.Length * 2);
        return samples;
    }
}
