using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AriDialer.Testing;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Recorded speech whose words are known: Asterisk's own prompts, spoken by a person.</summary>
internal sealed partial class Prompt(string name)
{
    private static readonly Lazy<Dictionary<string, string>> Texts = new(ReadTexts);

    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    public string Name => name;

    /// <summary>Its words, numbers spelled out.</summary>
    public string[] Words => WordsOf(Texts.Value[name]);

    /// <summary>It, at 16 kHz.</summary>
    public async Task<short[]> SamplesAsync()
    {
        var file = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "asterisk", "sounds", "en_US_f_Allison", name + ".g722");
        string[] arguments = ["-nostdin", "-v", "error", "-f", "g722", "-i", file, "-f", "s16le", "-ar", "16000", "-ac", "1", "pipe:1"];
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        using var sound = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(sound);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        return MemoryMarshal.Cast<byte, short>(sound.ToArray()).ToArray();
    }

    public static string[] WordsOf(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(word => char.IsDigit(word.Value[0]) ? Digits[word.Value[0] - '0'] : word.Value)];

    /// <summary>How many words are wrong, missing or too much.</summary>
    public static int Errors(string[] said, string[] understood)
    {
        var last = Enumerable.Range(0, understood.Length + 1).ToArray();
        for (var i = 0; i < said.Length; i++)
        {
            int[] row = [i + 1, .. new int[understood.Length]];
            for (var j = 0; j < understood.Length; j++)
                row[j + 1] = Math.Min(last[j] + (said[i] == understood[j] ? 0 : 1), Math.Min(last[j + 1], row[j]) + 1);
            last = row;
        }

        return last[^1];
    }

    private static Dictionary<string, string> ReadTexts()
    {
        var path = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "doc", "asterisk-core-sounds-en", "core-sounds-en.txt.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n').Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    [GeneratedRegex(@"[a-z]+(?:'[a-z]+)?|\d")]
    private static partial Regex Word();
}
