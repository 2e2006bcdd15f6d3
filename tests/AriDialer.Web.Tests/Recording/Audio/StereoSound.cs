using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>A recording as it is heard: decoded by ffmpeg, at 16 kHz.</summary>
internal sealed record StereoSound(short[] Left, short[] Right)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Left.Length / Signals.Rate);

    public static async Task<StereoSound> DecodeAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-f", "s16le", "-ar", $"{Signals.Rate}", "-ac", "2", "pipe:1"])
        { RedirectStandardOutput = true })!;
        using var sound = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(sound);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return Of(sound);
    }

    /// <summary>Of samples, left and right in turns.</summary>
    public static StereoSound Of(MemoryStream sound)
    {
        var samples = MemoryMarshal.Cast<byte, short>(sound.ToArray()).ToArray();
        return new StereoSound(
            [.. samples.Where((_, i) => i % 2 == 0)],
            [.. samples.Where((_, i) => i % 2 == 1)]);
    }

    /// <summary>What a player sees of the file before it plays it.</summary>
    public static async Task<string> ProbeAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,channels,channel_layout,duration", "-of", "csv=p=0", path])
        { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}
