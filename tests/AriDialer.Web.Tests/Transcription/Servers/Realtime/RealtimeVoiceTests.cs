using System.Runtime.InteropServices;
using AriDialer.Calls.Media;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription.Servers.Realtime;

/// <summary>A live voice goes to a server with the realtime interface, and comes back as words while it speaks.</summary>
public sealed class RealtimeVoiceTests(ITestOutputHelper output)
{
    private const string Model = "live ears";

    [Theory]
    [InlineData("openai", "/v1/realtime")]
    [InlineData("azure", "/openai/v1/realtime")]
    public async Task RealSpeech_IsUnderstood_FirstForNowAndThenForGood(string kind, string path)
    {
        using var sphinx = new TranscriptionRig(decoders: 2);
        var options = ServerRig.Quick();
        options.Timeout = TimeSpan.FromMinutes(2);
        await using var rig = await ServerRig.StartAsync(options: options, kind: ServerKind.All.Single(one => one.Id == kind), realtime: Model, understand: async wav =>
        {
            var segments = await sphinx.TranscribeAsync(MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray());
            return [.. segments.SelectMany(segment => segment.Words).Select(word => new ServedWord(word.Text, word.From, word.To))];
        });
        short[] sound = [.. Signals.Silence(1), .. await new Prompt("queue-periodic-announce").SamplesAsync(), .. Signals.Silence(1)];

        // Who speaks goes on only once something of it is understood.
        var first = new TaskCompletionSource();
        List<HeardSpeech> heard = [];
        await foreach (var one in rig.Engine.ListenAsync(InTwoAsync(), "en-US", TestContext.Current.CancellationToken))
        {
            heard.Add(one);
            first.TrySetResult();
        }

        output.WriteLine(string.Join('\n', heard.Select(one => $"{(one.IsFinal ? "!" : " ")} {one.Segment.From:0.00}-{one.Segment.To:0.00} {one.Segment.Text}")));
        var said = heard.Where(one => one.IsFinal).Select(one => one.Segment).ToList();
        var read = await sphinx.TranscribeAsync(sound);
        var errors = WordErrors.Of(string.Join(' ', read.Select(segment => segment.Text)), string.Join(' ', said.Select(segment => segment.Text)));
        Assert.InRange(errors.Rate, 0, 0.15);
        Assert.Equal(read.Count, said.Count);
        Assert.All(said.Zip(read), pair => Assert.Equal(pair.Second.From, pair.First.From, tolerance: 0.3));
        Assert.All(said.Zip(read), pair => Assert.Equal(pair.Second.To, pair.First.To, tolerance: 0.3));
        // Each begins as a guess; and what is said at length is understood while it is.
        Assert.False(heard[0].IsFinal);
        Assert.Equal(said.Count, heard.Zip(heard.Skip(1)).Count(pair => !pair.First.IsFinal && pair.Second.IsFinal));
        Assert.Contains(heard, one => !one.IsFinal && said.Exists(final => final.From == one.Segment.From && final.To > one.Segment.To));
        var session = Assert.Single(rig.Server.Realtime.Sessions);
        Assert.Equal(new RealtimeServed(path, "?intent=transcription", Model, "en"), session);
        Assert.Empty(rig.Server.Requests);
        Assert.Empty(rig.Log.Lines);
        Assert.True(rig.Engine.Capabilities.Interim);

        async IAsyncEnumerable<AudioFrame> InTwoAsync()
        {
            const int Half = 5 * AudioFrame.Rate;
            await foreach (var frame in SpokenFrames.Of(sound[..Half]).AtOnceAsync())
                yield return frame;
            await first.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await foreach (var frame in SpokenFrames.Of(sound[Half..], Half).AtOnceAsync())
                yield return frame;
        }
    }

    [Fact]
    public async Task AnswersInAnyOrder_SpeechInTheOrderInWhichItWasSaid()
    {
        await using var rig = await ServerRig.StartAsync(realtime: Model);
        rig.Server.Realtime.AnswersBackwards = true;

        var finals = (await rig.HearAsync(await ServerRig.UtterancesAsync(4))).Where(one => one.IsFinal).Select(one => one.Segment).ToList();

        Assert.Equal(4, finals.Count);
        Assert.Equal(finals.Select(segment => segment.Text).Order(), finals.Select(segment => segment.Text));
        Assert.Equal(finals.Select(segment => segment.From).Order(), finals.Select(segment => segment.From));
    }

    [Fact]
    public async Task Hole_TimesBehindItAreTheTaps_AndSilenceIsNotSent()
    {
        await using var rig = await ServerRig.StartAsync(realtime: Model);
        var one = await ServerRig.UtterancesAsync(1);

        Assert.Empty(await rig.HearAsync(Signals.Silence(30)));
        Assert.Equal(0, rig.Server.Realtime.Visits);
        var finals = (await rig.HearAsync(SpokenFrames.Of(one).Concat(SpokenFrames.Of(one, 60L * AudioFrame.Rate)).AtOnceAsync())).FindAll(speech => speech.IsFinal);

        Assert.Equal(2, finals.Count);
        Assert.InRange(finals[0].Segment.To, 0.5, 1.2);
        Assert.Equal(finals[0].Segment.From + 60, finals[1].Segment.From, tolerance: 0.05);
        Assert.Equal(finals[0].Segment.To + 60, finals[1].Segment.To, tolerance: 0.05);
    }

    [Theory]
    [InlineData(RealtimeFault.Cut, 2, "cannot be reached")]
    [InlineData(RealtimeFault.Nonsense, 2, "cannot be understood")]
    [InlineData(RealtimeFault.Error, 2, "is out of order")]
    [InlineData(RealtimeFault.ErrorAboutIt, 1, "is out of order")]
    [InlineData(RealtimeFault.Failed, 1, "is out of order")]
    [InlineData(RealtimeFault.Hang, 1, "did not answer in time")]
    public async Task Fault_WhatWasSaidIsMissedInItsPlace_AndTheRestIsUnderstood(RealtimeFault fault, int sessions, string sentence)
    {
        var options = ServerRig.Quick();
        options.Timeout = fault == RealtimeFault.Hang ? TimeSpan.FromSeconds(5) : options.Timeout;
        await using var rig = await ServerRig.StartAsync(options: options, realtime: Model);
        rig.Server.Realtime.FailTurns(RealtimeFault.None, fault);

        var finals = (await rig.HearAsync(SpokenFrames.Of(await ServerRig.UtterancesAsync(3)).AsSpokenAsync())).FindAll(speech => speech.IsFinal);

        Assert.Equal([false, true, false], finals.Select(speech => speech.IsMissed));
        // The second utterance, which begins after 1.4 s and is 0.9 s long.
        Assert.InRange(finals[1].Segment.From, 1, 1.6);
        Assert.InRange(finals[1].Segment.To, 2, 2.6);
        Assert.True(finals[2].Segment.From > finals[1].Segment.To);
        Assert.Equal(sessions, rig.Server.Realtime.Sessions.Count);
        Assert.Contains(sentence, Assert.Single(rig.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(ModelTestServer.Key, rig.Log.Lines[0], StringComparison.Ordinal);
        Assert.True(rig.Engine.State.IsThere);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    [InlineData(0)]
    public async Task NoSuchInterface_SentencesAreSentOneByOne_AndItIsSaidOnce(int status)
    {
        await using var rig = await ServerRig.StartAsync(realtime: Model);
        if (status > 0)
            rig.Server.Realtime.Refusal = ServerFailure.Status(status);
        rig.Server.Realtime.CutsItself = true;
        var sound = await ServerRig.UtterancesAsync(3);

        foreach (var _ in "ab")
        {
            var heard = await rig.HearAsync(sound);
            Assert.Equal(3, heard.Count);
            Assert.All(heard, speech => Assert.Equal((true, false), (speech.IsFinal, speech.IsMissed)));
            Assert.Equal(heard.Select(speech => speech.Segment.Text).Order(), heard.Select(speech => speech.Segment.Text));
        }

        Assert.Equal((2, 6), (rig.Server.Realtime.Visits, rig.Server.Requests.Count));
        Assert.Contains("has no realtime interface", Assert.Single(rig.Log.Lines), StringComparison.Ordinal);
        Assert.False(rig.Engine.Capabilities.Interim);
        Assert.True(rig.Engine.State.IsThere);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    public async Task WrongKey_IsASentence_AndNowhereElse(string kind)
    {
        const string Wrong = "sk-a-key-that-nobody-may-see";
        await using var rig = await ServerRig.StartAsync(ServerKind.All.Single(one => one.Id == kind), key: Wrong, realtime: Model);

        Assert.True(Assert.Single(await rig.HearAsync(await ServerRig.UtterancesAsync(1))).IsMissed);

        Assert.Equal(1, rig.Server.Realtime.Visits);
        Assert.Contains("refused the API key", Assert.Single(rig.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, rig.Log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailsAgainAndAgain_IsLeftAlone_AndAskedAgainAfterwards()
    {
        var options = ServerRig.Quick();
        options.Rest = TimeSpan.FromSeconds(3);
        await using var rig = await ServerRig.StartAsync(options: options, realtime: Model);
        rig.Server.Realtime.Refusal = ServerFailure.Busy();
        var sound = await ServerRig.UtterancesAsync(3);

        Assert.All(await rig.HearAsync(sound), speech => Assert.True(speech.IsMissed));

        // Each is tried for three times, until it is enough.
        Assert.Equal(6, rig.Server.Realtime.Visits);
        Assert.Equal((false, "The OpenAI-compatible server has too much to do."), (rig.Engine.State.IsThere, rig.Engine.State.Sentence));
        Assert.Null(rig.Engine.TryReserve());
        rig.Server.Realtime.Refusal = null;
        await Hosting.Some.Eventually(() => Task.FromResult(rig.Engine.State.IsThere), "it may be asked again");
        Assert.Equal(3, (await rig.HearAsync(sound)).Count(speech => speech is { IsFinal: true, IsMissed: false }));
    }

    [Fact]
    public async Task Settings_CountFromTheNextSentenceOn()
    {
        await using var rig = await ServerRig.StartAsync(realtime: Model);
        var one = await ServerRig.UtterancesAsync(1);
        List<HeardSpeech> heard = [];

        await foreach (var speech in rig.Engine.ListenAsync(TwiceAsync(), "en-US", TestContext.Current.CancellationToken))
            heard.Add(speech);

        Assert.Equal((1, 1), (rig.Server.Realtime.Visits, rig.Server.Requests.Count));
        Assert.Equal([false, false], heard.Where(speech => speech.IsFinal).Select(speech => speech.IsMissed));

        async IAsyncEnumerable<AudioFrame> TwiceAsync()
        {
            await foreach (var frame in SpokenFrames.Of(one).AtOnceAsync())
                yield return frame;
            await Hosting.Some.Eventually(() => Task.FromResult(heard.Exists(speech => speech.IsFinal)), "the first is understood");
            rig.Settings.OpenAI.RealtimeModel = null;
            await foreach (var frame in SpokenFrames.Of(one, one.Length).AtOnceAsync())
                yield return frame;
        }
    }

    [Fact]
    public async Task Cancelled_WhileTheServerHangs_EndsAtOnce()
    {
        await using var rig = await ServerRig.StartAsync(realtime: Model);
        rig.Server.Realtime.Refusal = ServerFailure.Hang;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var hearing = rig.Engine.ListenAsync(SpokenFrames.Of(await ServerRig.UtterancesAsync(2)).AtOnceAsync(), "en-US", cancel.Token)
            .GetAsyncEnumerator(cancel.Token).MoveNextAsync().AsTask();
        await Hosting.Some.Eventually(() => Task.FromResult(rig.Server.Realtime.Visits > 0), "the server was asked");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing.WaitAsync(TimeSpan.FromSeconds(2)));
    }
}
