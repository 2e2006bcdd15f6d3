using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace AriDialer.Testing.Speech;

/// <summary>Recorded speech whose words are known: Asterisk's own prompts, spoken by a person.</summary>
public sealed class Prompt(string name)
{
    private static readonly Lazy<Dictionary<string, string>> Texts = new(ReadTexts);

    public string Name => name;

    /// <summary>Its words, numbers spelled out.</summary>
    public string[] Words => WordErrors.WordsOf(Texts.Value[name]);

    /// <summary>Some that speak in whole sentences: about four minutes of speech.</summary>
    public static IReadOnlyList<Prompt> Sentences { get; } =
    [
        .. new[]
        {
            "demo-congrats", "demo-abouttotry", "demo-nogo", "dir-intro", "queue-periodic-announce", "tt-allbusy", "vm-msginstruct", "vm-options",
            "all-circuits-busy-now", "agent-user", "demo-echotest", "demo-instruct", "demo-thanks", "followme/status", "pbx-invalidpark",
            "priv-introsaved", "privacy-unident", "ss-noservice", "vm-instructions", "vm-invalid-password", "vm-mismatch", "vm-rec-unv", "vm-tempgreeting2",
        }.Select(name => new Prompt(name)),
    ];

    /// <summary>It, at 16 kHz.</summary>
    public async Task<short[]> SamplesAsync()
    {
        var file = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "asterisk", "sounds", "en_US_f_Allison", name + ".g722");
        string[] arguments = ["-nostdin", "-v", "error", "-f", "g722", "-i", file, "-f", "s16le", "-ar", "16000", "-ac", "1", "pipe:1"];
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        using var sound = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(sound);
        await ffmpeg.WaitForExitAsync();
        if (ffmpeg.ExitCode != 0)
            throw new InvalidOperationException($"ffmpeg could not read {file}.");
        return MemoryMarshal.Cast<byte, short>(sound.ToArray()).ToArray();
    }

    private static Dictionary<string, string> ReadTexts()
    {
        var path = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "doc", "asterisk-core-sounds-en", "core-sounds-en.txt.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n').Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
