using System.Runtime.InteropServices;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Sound;

namespace AriDialer.EndToEnd.Audio;

/// <summary>A file for Chromium's microphone with prompts said one after the other, once, in the wide sound of a headset.</summary>
internal static class SpokenFile
{
    private const int Rate = 16_000;

    /// <summary>Nothing is said before: as long as it takes to begin a call and to record it.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(60);
    private static readonly string Folder = Directory.CreateTempSubdirectory("aridialer-spoken-").FullName;

    /// <returns>Its path, and when the last word is over.</returns>
    public static async Task<(string Path, TimeSpan Length)> MakeAsync(IReadOnlyList<Prompt> prompts)
    {
        var path = System.IO.Path.Combine(Folder, $"{prompts[0].Name.Replace('/', '-')}-{prompts.Count}.wav");
        await using var file = File.Create(path);
        WaveFile.WriteHead(file, channels: 1, Rate);
        file.Write(Silence(Before));
        foreach (var prompt in prompts)
        {
            file.Write(MemoryMarshal.AsBytes<short>(await prompt.SamplesAsync()));
            file.Write(Silence(Between));
        }

        var length = TimeSpan.FromSeconds((double)file.Length / sizeof(short) / Rate);
        file.Write(Silence(After));
        WaveFile.Repair(file);
        return (path, length);
    }

    private static byte[] Silence(TimeSpan length) => new byte[(int)(length.TotalSeconds * Rate) * sizeof(short)];
}
