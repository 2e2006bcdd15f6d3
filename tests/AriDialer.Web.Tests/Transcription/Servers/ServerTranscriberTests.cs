using System.Diagnostics;
using System.Runtime.InteropServices;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.Servers;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription.Servers;

/// <summary>Real speech goes to a server and comes back as words: in order, and not too many at a time.</summary>
public sealed class ServerTranscriberTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai", "/v1/audio/transcriptions")]
    [InlineData("azure", "/openai/deployments/ears/audio/transcriptions")]
    public async Task RealSpeech_IsUnderstoodAsTheServerUnderstandsIt(string kind, string path)
    {
        using var sphinx = new TranscriptionRig(decoders: 2);
        var options = ServerRig.Quick();
        // It computes on the same machine, which may be busy.
        options.Timeout = TimeSpan.FromMinutes(3);
        await using var rig = await ServerRig.StartAsync(ServerKind.All.Single(one => one.Id == kind), options, understand: async wav =>
        {
            var segments = await sphinx.TranscribeAsync(MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray());
            return [.. segments.SelectMany(segment => segment.Words).Select(word => new ServedWord(word.Text, word.From, word.To))];
        });
        var sound = await new Prompt("ss-noservice").SamplesAsync();

        var said = (await rig.TranscribeAsync(Signals.Silence(1), sound)).ConvertAll(one => one.Segment);
        var read = await sphinx.TranscribeAsync(Signals.Silence(1), sound);

        output.WriteLine(string.Join(" | ", said.Select(segment => $"{segment.From:0.0} {segment.Text}")));
        var errors = WordErrors.Of(string.Join(' ', read.Select(segment => segment.Text)), string.Join(' ', said.Select(segment => segment.Text)));
        Assert.InRange(errors.Rate, 0, 0.1);
        Assert.All(said.Zip(read), pair => Assert.Equal(pair.Second.From, pair.First.From, tolerance: 0.1));
        Assert.Equal((true, true, true), (rig.Engine.State.IsThere, rig.Engine.Capabilities.WordTimes, rig.Engine.Capabilities.Confidence));
        Assert.All(rig.Server.Requests, request => Assert.Equal((path, "en"), (request.Path, request.Fields["language"])));
        Assert.All(said, segment => Assert.InRange(segment.Confidence!.Value, 0.5, 1));
    }

    [Fact]
    public async Task AnswersInAnyOrder_SegmentsInTheOrderTheyWereSaid()
    {
        await using var rig = await ServerRig.StartAsync();
        // The first answers come last.
        var left = 6;
        rig.Server.Before = _ => Task.Delay(Math.Max(0, 100 * Interlocked.Decrement(ref left)), Cancellation);
        var sound = await ServerRig.UtterancesAsync(6);

        var read = (await rig.TranscribeAsync(sound)).ConvertAll(one => one.Segment);
        left = 6;
        var heard = (await rig.HearAsync(sound)).ConvertAll(one => one.Segment);

        foreach (var segments in new[] { read, heard })
        {
            Assert.Equal(6, segments.Count);
            Assert.Equal(segments.Select(segment => segment.Text).Order(), segments.Select(segment => segment.Text));
            Assert.Equal(segments.Select(segment => segment.From).Order(), segments.Select(segment => segment.From));
            // Whatever the server says, a word ends within what it was sent.
            Assert.All(segments, segment => Assert.InRange(segment.To, segment.From, segment.From + 2.5));
        }
    }

    [Fact]
    public async Task Utterances_AreOnTheirWayAtOnce_ButNoMoreThanAllowed()
    {
        var options = ServerRig.Quick();
        options.AtATime = 2;
        await using var rig = await ServerRig.StartAsync(options: options);
        rig.Server.Before = _ => Task.Delay(150, Cancellation);

        Assert.Equal(6, (await rig.TranscribeAsync(await ServerRig.UtterancesAsync(6))).Count);
        Assert.Equal(2, rig.Server.MostAtATime);
    }

    [Fact]
    public async Task ServerThatKnowsNoTimes_IsAskedPlainly_AndOnlyOnceForMore()
    {
        await using var rig = await ServerRig.StartAsync();
        rig.Server.IsPlain = true;

        // One after the other, so that it is known when the second is asked.
        var first = await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1));
        var second = await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1));

        Assert.Equal(["verbose_json", "json", "json"], rig.Server.Requests.Select(request => request.Fields["response_format"]));
        Assert.Empty(Assert.Single(first).Segment.Words);
        Assert.Equal((false, false), (rig.Engine.Capabilities.WordTimes, rig.Engine.Capabilities.Confidence));
        Assert.Equal(first[0].Segment.Text, Assert.Single(second).Segment.Text);
    }

    [Fact]
    public async Task Cancelled_WhileTheServerHangs_EndsAtOnce()
    {
        await using var rig = await ServerRig.StartAsync();
        rig.Server.Always = ServerFailure.Hang;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sound = await ServerRig.UtterancesAsync(3);
        var reading = rig.Engine.TranscribeAsync(TranscriptionRig.Pcm(sound), 1, "en-US", cancel.Token).GetAsyncEnumerator(cancel.Token).MoveNextAsync().AsTask();
        var hearing = rig.Engine.ListenAsync(SpokenFrames.Of(sound).AtOnceAsync(), "en-US", cancel.Token).GetAsyncEnumerator(cancel.Token).MoveNextAsync().AsTask();
        await Hosting.Some.Eventually(() => Task.FromResult(rig.Server.Requests.Count >= 2), "the server was asked");
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
    }

    [Fact]
    public async Task Settings_CountFromTheNextUtteranceOn()
    {
        await using var rig = await ServerRig.StartAsync();
        await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1));
        rig.Settings.OpenAI.Model = "other ears";
        await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1));

        Assert.Equal(["ears", "other ears"], rig.Server.Requests.Select(request => request.Fields["model"]));
        rig.Settings.OpenAI.Enabled = false;
        Assert.Contains("is not used for transcripts", rig.Engine.State.Sentence, StringComparison.Ordinal);
        Assert.Null(rig.Engine.TryReserve());
        await Assert.ThrowsAsync<ModelServerException>(async () => await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1)));
        Assert.Equal(2, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task Silence_IsNotSent()
    {
        await using var rig = await ServerRig.StartAsync();

        Assert.Empty(await rig.TranscribeAsync(Signals.Silence(30)));
        Assert.Empty(await rig.HearAsync(Signals.Silence(30)));
        Assert.Empty(rig.Server.Requests);
    }

    [Fact]
    public async Task Voices_AreReservedUpToTheLimit()
    {
        var options = ServerRig.Quick();
        options.LiveVoices = 1;
        await using var rig = await ServerRig.StartAsync(options: options);
        var first = rig.Engine.TryReserve();
        Assert.NotNull(first);
        Assert.Null(rig.Engine.TryReserve());
        first.Dispose();
        first.Dispose();
        Assert.NotNull(rig.Engine.TryReserve());
        Assert.Null(rig.Engine.TryReserve());
    }
}
