using System.ComponentModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Compresses recordings and makes sound of them again, with the program of that name.</summary>
internal sealed partial class Ffmpeg(IOptions<RecordingAudioOptions> options, TimeProvider time, ILogger<Ffmpeg> log)
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromMinutes(2);

    // Two voices that have nothing to do with each other. Opus' own stereo takes them for one room: while one side talked, a low
    // noise on the other came out 14 dB too low, and it took more bits for it (41 to 66 kbit/s where these two take 30). Family
    // 255 codes each channel by itself. Measured with 48 kbit/s: one side in the other while that is silent, below -70 dB.
    private static readonly string[] Opus = ["-c:a", "libopus", "-b:a", "48k", "-application", "voip", "-mapping_family", "255"];

    private Task<bool>? _isThere;

    /// <summary>Whether the program is there and knows Opus. It is asked once.</summary>
    public Task<bool> IsThereAsync() => _isThere ??= AskAsync();

    /// <summary>Makes an Opus file of 16-bit stereo sound.</summary>
    /// <param name="write">Writes the sound. It may be stopped at any time.</param>
    /// <param name="path">Where the file goes.</param>
    /// <param name="duration">How long the sound is.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>False where that did not succeed: why is in the log.</returns>
    public async Task<bool> TryCompressAsync(
        Func<Stream, CancellationToken, Task> write, string path, TimeSpan duration, CancellationToken cancellationToken)
    {
        // On a busy machine it takes a fiftieth of the time that the sound plays; slower than ten times that, it hangs.
        var limit = ShortestLimit + duration / 5;
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-xerror", "-y",
            "-f", "s16le", "-ar", $"{SampleClock.Rate}", "-ac", "2", "-i", "pipe:0",
            .. Opus, "-f", "ogg", $"file:{path}",
        ];
        try
        {
            var outcome = await ChildProgram.RunAsync(options.Value.Ffmpeg, arguments, write, limit, time, cancellationToken);
            if (outcome.ExitCode == 0 && TryFinish(path, duration))
                return true;
            LogFailed(outcome.ExitCode, outcome.Errors);
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException or IOException)
        {
            LogNotRun(e);
        }

        return false;
    }

    /// <summary>Makes 16-bit stereo sound of an Opus file, neither of which touches a disk.</summary>
    /// <param name="opus">The file.</param>
    /// <param name="take">Takes the sound, as slowly as it likes.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="IOException">The file could not be read or decoded, or the program is not there.</exception>
    public async Task DecodeAsync(Stream opus, Func<Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? unread = null;
        string[] arguments =
            ["-nostdin", "-v", "error", "-f", "ogg", "-i", "pipe:0", "-f", "s16le", "-ar", $"{SampleClock.Rate}", "-ac", "2", "pipe:1"];
        try
        {
            var outcome = await ChildProgram.RunAsync(
                options.Value.Ffmpeg, arguments, FeedAsync, take, Timeout.InfiniteTimeSpan, time, cancellationToken);
            unread?.Throw();
            if (outcome.ExitCode != 0)
                throw new IOException($"ffmpeg could not decode the recording, and ended with {outcome.ExitCode}: {outcome.Errors}");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"The recording cannot be decoded: {options.Value.Ffmpeg} cannot be started ({e.Message}).", e);
        }

        // A file that breaks off must not pass for a program that wants no more of it.
        async Task FeedAsync(Stream input, CancellationToken token)
        {
            var part = new byte[64 * 1024];
            while (await ReadAsync(part, token) is > 0 and var length)
                await input.WriteAsync(part.AsMemory(0, length), token);
        }

        async ValueTask<int> ReadAsync(Memory<byte> part, CancellationToken token)
        {
            try
            {
                return await opus.ReadAsync(part, token);
            }
            catch (IOException e)
            {
                unread = ExceptionDispatchInfo.Capture(e);
                throw;
            }
        }
    }

    private static bool TryFinish(string path, TimeSpan duration)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var isWhole = OggOpusFile.TryDeclareStereo(file) && OggOpusFile.IsWhole(file, duration);
        file.Flush(flushToDisk: true);
        return isWhole;
    }

    private async Task<bool> AskAsync()
    {
        var program = options.Value.Ffmpeg;
        try
        {
            string[] question = ["-v", "error", "-nostdin", "-h", "encoder=libopus"];
            var outcome = await ChildProgram.RunAsync(program, question, (_, _) => Task.CompletedTask, LongestQuestion, time, CancellationToken.None);
            // It ends well even where it does not know the encoder.
            if (outcome.ExitCode == 0 && outcome.Output.Contains("Encoder libopus", StringComparison.Ordinal))
                return true;
            LogNoOpus(program);
        }
        catch (Win32Exception e)
        {
            LogNotThere(program, e.Message);
        }
        catch (TimeoutException)
        {
            // That says nothing but that the machine is busy.
            _isThere = null;
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} cannot be started ({Reason}): recordings are kept as WAV, twenty times as large")]
    private partial void LogNotThere(string program, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Program} has no encoder for Opus (libopus): recordings are kept as WAV, twenty times as large")]
    private partial void LogNoOpus(string program);

    [LoggerMessage(Level = LogLevel.Error, Message = "ffmpeg ended with {ExitCode} and made no whole recording: {Errors}")]
    private partial void LogFailed(int exitCode, string errors);

    [LoggerMessage(Level = LogLevel.Error, Message = "ffmpeg could not compress a recording")]
    private partial void LogNotRun(Exception e);
}
