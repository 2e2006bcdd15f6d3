using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Recording.Audio;
using AriDialer.Web.Tests.Recording.Storage;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Kept recordings become words: through the real vault, real ffmpeg and real PocketSphinx.</summary>
public sealed class RecordingTranscriberTests : IAsyncDisposable
{
    private const string Id = "some-recording";

    private readonly TrackFolder _call = new();
    private readonly StorageRig _storage = StorageRig.InFolder();
    private readonly TranscriptionRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _rig.Dispose();
        await _storage.DisposeAsync();
        _call.Dispose();
    }

    [Theory]
    [InlineData("ffmpeg", "audio/ogg")]
    // Where there is none, recordings are kept as WAV, and are read without it.
    [InlineData("/nonexistent/ffmpeg", "audio/wav")]
    public async Task Conversation_EachSidesWordsInOrder(string ffmpeg, string contentType)
    {
        _call.Add(Left, 0, await new Prompt("all-circuits-busy-now").SamplesAsync());
        _call.Add(Right, 3, await new Prompt("tt-allbusy").SamplesAsync());
        _call.Add(Left, 14, await new Prompt("queue-periodic-announce").SamplesAsync());
        var key = await KeepAsync(ffmpeg, contentType);

        var said = await _rig.Recordings(_storage.Vault, ffmpeg).TranscribeAsync(Id, key, contentType, _rig.Choice, null, Cancellation);

        Assert.NotNull(said);
        Assert.Equal(said.OrderBy(turn => turn.Segment.From), said);
        Assert.Equal(Left, said[0].Side);
        Assert.Contains("circuits are busy", said[0].Segment.Text, StringComparison.Ordinal);
        var right = Of(said, Right);
        TranscriptionRig.AssertPlausible(right, 12.1);
        Assert.InRange(right[0].From, 3, 3.6);
        Assert.Contains("representatives of the household", Text(right), StringComparison.Ordinal);
        var left = Of(said, Left)[1..];
        TranscriptionRig.AssertPlausible(left, 22);
        Assert.InRange(left[0].From, 14, 14.6);
        Assert.Contains("stay on the line", Text(left), StringComparison.Ordinal);
        Assert.Equal(1, _rig.Pool.Free);
    }

    [Fact]
    public async Task OnlySomeStretches_OnlyTheirWords()
    {
        _call.Add(Left, 0, await new Prompt("all-circuits-busy-now").SamplesAsync());
        _call.Add(Right, 3, await new Prompt("tt-allbusy").SamplesAsync());
        var key = await KeepAsync("ffmpeg", "audio/ogg");

        var said = await _rig.Recordings(_storage.Vault).TranscribeAsync(Id, key, "audio/ogg", _rig.Choice, [(Right, 3, 8)], Cancellation);

        Assert.NotNull(said);
        Assert.All(said, turn => Assert.Equal(Right, turn.Side));
        Assert.All(said, turn => Assert.InRange(turn.Segment.To, 3, 8.5));
        Assert.Contains("representatives of the household", Text(Of(said, Right)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoneRecording_IsNull()
    {
        _call.Add(Left, 0, Signals.Silence(1));
        var key = await KeepAsync("ffmpeg", "audio/ogg");
        await _storage.Vault.DeleteAsync(Id, Cancellation);

        Assert.Null(await _rig.Recordings(_storage.Vault).TranscribeAsync(Id, key, "audio/ogg", _rig.Choice, null, Cancellation));
    }

    [Fact]
    public async Task ChangedRecording_SaysSoInsteadOfGivingHalfOfIt()
    {
        _call.Add(Left, 0, Signals.Noise(60, seed: 2));
        var key = await KeepAsync("ffmpeg", "audio/ogg");
        var file = Assert.Single(Directory.GetFiles(_storage.Folder));
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[bytes.Length * 3 / 4] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        await Assert.ThrowsAsync<UnreadableRecordingException>(() => _rig.Recordings(_storage.Vault).TranscribeAsync(Id, key, "audio/ogg", _rig.Choice, null, Cancellation));
        Assert.Equal(1, _rig.Pool.Free);
    }

    [Theory]
    [InlineData("audio/ogg")]
    [InlineData("audio/wav")]
    public async Task NoRecordingAtAll_Fails(string contentType)
    {
        using var text = new MemoryStream("This is no sound, and nobody has ever said it."u8.ToArray());
        var key = await _storage.Vault.StoreAsync(Id, text, Cancellation);

        await Assert.ThrowsAsync<IOException>(() => _rig.Recordings(_storage.Vault).TranscribeAsync(Id, key, contentType, _rig.Choice, null, Cancellation));
    }

    [Fact]
    public async Task FfmpegGoneSince_SaysSo()
    {
        _call.Add(Left, 0, Signals.Silence(1));
        var key = await KeepAsync("ffmpeg", "audio/ogg");

        var failure = await Assert.ThrowsAsync<IOException>(
            () => _rig.Recordings(_storage.Vault, "/nonexistent/ffmpeg").TranscribeAsync(Id, key, "audio/ogg", _rig.Choice, null, Cancellation));
        Assert.Contains("/nonexistent/ffmpeg cannot be started", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_LeavesNoFfmpegAndNoDecoderBehind()
    {
        var program = _call.At("a-program");
        await File.WriteAllTextAsync(program, "#!/bin/bash\nexec -a \"$0\" ffmpeg \"$@\"\n", Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _call.Add(Left, 0, TranscriptionRig.Join([.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Prompt("vm-options").SamplesAsync()))]));
        var key = await KeepAsync("ffmpeg", "audio/ogg");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        cancel.CancelAfter(700);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _rig.Recordings(_storage.Vault, program).TranscribeAsync(Id, key, "audio/ogg", _rig.Choice, null, cancel.Token));

        Assert.Equal(1, _rig.Pool.Free);
        Assert.DoesNotContain(Directory.GetDirectories("/proc"), folder => CommandLine(folder).Contains(program, StringComparison.Ordinal));
    }

    private async Task<string> KeepAsync(string ffmpeg, string contentType)
    {
        var joined = await _call.JoinAsync(ffmpeg);
        Assert.Equal(contentType, joined.ContentType);
        await using var file = File.OpenRead(joined.Path);
        return await _storage.Vault.StoreAsync(Id, file, Cancellation);
    }

    private static List<TranscribedSegment> Of(IEnumerable<(RecordingSide Side, TranscribedSegment Segment)> said, RecordingSide side) =>
        [.. said.Where(turn => turn.Side == side).Select(turn => turn.Segment)];

    private static string Text(IEnumerable<TranscribedSegment> segments) => string.Join(' ', segments.Select(segment => segment.Text));

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
