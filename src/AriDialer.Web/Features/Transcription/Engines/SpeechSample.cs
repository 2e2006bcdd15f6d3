using System.ComponentModel;
using System.Runtime.InteropServices;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>A short piece of real speech to try engines out with, where this machine has one: Asterisk's own prompts speak English.</summary>
internal sealed class SpeechSample(
    IOptions<TranscriptionEngineOptions> options, IOptions<RecordingAudioOptions> audio, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Null where there is none.</summary>
    public async Task<short[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var file = options.Value.SampleFile;
        if (!File.Exists(file))
            return null;

        // What has no head says by its name what it is.
        string[] format = Path.GetExtension(file) == ".g722" ? ["-f", "g722"] : [];
        string[] arguments =
        [
            "-nostdin", "-v", "error", .. format, "-i", $"file:{file}", "-t", "10", "-f", "s16le", "-ar", $"{SpeechCutter.Rate}", "-ac", "1", "pipe:1",
        ];
        try
        {
            using var sound = new MemoryStream();
            var outcome = await ChildProgram.RunAsync(
                audio.Value.Ffmpeg, arguments, (_, _) => Task.CompletedTask, (output, token) => output.CopyToAsync(sound, token), Limit, time, cancellationToken);
            return outcome.ExitCode == 0 && sound.Length > SpeechCutter.Rate
                ? MemoryMarshal.Cast<byte, short>(sound.ToArray().AsSpan(0, (int)(sound.Length & ~1L))).ToArray()
                : null;
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return null;
        }
    }
}
