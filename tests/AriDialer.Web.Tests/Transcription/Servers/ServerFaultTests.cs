using System.Diagnostics;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.Servers;

namespace AriDialer.Web.Tests.Transcription.Servers;

/// <summary>Servers fail in all the ways that there are: it is asked again where that helps, and said in a sentence where it does not.</summary>
public sealed class ServerFaultTests
{
    public static TheoryData<string, string> Passing => new()
    {
        { "429", "has too much to do" },
        { "500", "is out of order (500)" },
        { "503", "is out of order (503)" },
        { "html", "cannot be understood" },
        { "broken json", "cannot be understood" },
        { "wrong json", "cannot be understood" },
        { "a list", "cannot be understood" },
        { "ten megabytes", "cannot be understood" },
        { "hangs up", "cannot be reached" },
        { "hangs", "did not answer in time" },
    };

    private static ServerFailure FailureOf(string name) => name switch
    {
        "429" => ServerFailure.Busy(),
        "500" => ServerFailure.Status(500),
        "503" => ServerFailure.Status(503),
        "html" => ServerFailure.Nonsense("<html><body>Welcome to nginx!</body></html>", "text/html"),
        "broken json" => ServerFailure.Nonsense("{\"text\": \"hel"),
        "wrong json" => ServerFailure.Nonsense("{\"answer\": 42}"),
        "a list" => ServerFailure.Nonsense("[1, 2]"),
        "ten megabytes" => ServerFailure.Nonsense("{\"text\": \"" + new string('a', 10_000_000) + "\"}"),
        "hangs up" => ServerFailure.Abort,
        _ => ServerFailure.Hang,
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Passing_IsOvercome_AndWhereItIsNot_ASentenceSaysSo(string failure, string sentence)
    {
        var options = ServerRig.Quick();
        if (failure == "hangs")
            options.Timeout = TimeSpan.FromMilliseconds(400);
        await using var rig = await ServerRig.StartAsync(options: options);
        var sound = await ServerRig.UtterancesAsync(1);
        rig.Server.FailNext(FailureOf(failure));
        Assert.Single(await rig.TranscribeAsync(sound));
        Assert.Equal(2, rig.Server.Requests.Count);

        rig.Server.Always = FailureOf(failure);
        var failed = await Assert.ThrowsAsync<ModelServerException>(() => rig.TranscribeAsync(sound));

        Assert.Contains(sentence, failed.Message, StringComparison.Ordinal);
        Assert.Equal(5, rig.Server.Requests.Count);
    }

    [Theory]
    [InlineData("401", "refused the API key.")]
    [InlineData("403", "refused the API key.")]
    [InlineData("404", "knows no such address or model.")]
    [InlineData("413", "did not accept what it was sent (413).")]
    [InlineData("quota", "says that the account has nothing left to spend.")]
    [InlineData("redirect", "sends us to another address, where we don't go.")]
    public async Task Lasting_IsSaidAtOnce(string failure, string sentence)
    {
        await using var rig = await ServerRig.StartAsync();
        await using var elsewhere = await ServerRig.StartAsync();
        rig.Server.Always = failure switch
        {
            "quota" => ServerFailure.OutOfQuota,
            "redirect" => ServerFailure.Redirect(elsewhere.Server.Address + "/audio/transcriptions"),
            var status => ServerFailure.Status(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
        };

        var failed = await Assert.ThrowsAsync<ModelServerException>(async () => await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1)));

        Assert.Equal($"The OpenAI-compatible server {sentence}", failed.Message);
        Assert.Single(rig.Server.Requests);
        Assert.Empty(elsewhere.Server.Requests);
    }

    [Fact]
    public async Task WrongKey_IsNowhereInWhatIsSaidOrLogged()
    {
        const string wrong = "sk-a-key-that-nobody-may-see";
        await using var rig = await ServerRig.StartAsync(key: wrong);

        var failed = await Assert.ThrowsAsync<ModelServerException>(async () => await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1)));
        Assert.True(Assert.Single(await rig.HearAsync(await ServerRig.UtterancesAsync(1))).IsMissed);

        Assert.DoesNotContain(wrong, failed.ToString(), StringComparison.Ordinal);
        Assert.Contains("refused the API key", Assert.Single(rig.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, string.Join('\n', rig.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, new ModelAccount(ServerKind.OpenAI, true, null, null, null, wrong).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyThere_IsASentence()
    {
        await using var rig = await ServerRig.StartAsync(address: new Uri("http://127.0.0.1:9/v1"));

        var failed = await Assert.ThrowsAsync<ModelServerException>(async () => await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1)));
        Assert.Equal("The OpenAI-compatible server cannot be reached.", failed.Message);
    }

    [Fact]
    public async Task RetryAfter_IsHeeded()
    {
        await using var rig = await ServerRig.StartAsync();
        rig.Server.FailNext(ServerFailure.Busy(retryAfter: "1"));
        var sound = await ServerRig.UtterancesAsync(1);
        var clock = Stopwatch.StartNew();

        Assert.Single(await rig.TranscribeAsync(sound));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(20));
        Assert.Equal(2, rig.Server.Requests.Count);
        // Who wants to be left alone for an hour is.
        rig.Server.FailNext(ServerFailure.Busy(retryAfter: "3600"));
        await Assert.ThrowsAsync<ModelServerException>(() => rig.TranscribeAsync(sound));
        Assert.Equal(3, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task SlowByTenSeconds_IsWaitedFor()
    {
        await using var rig = await ServerRig.StartAsync();
        rig.Server.FailNext(ServerFailure.Slow(TimeSpan.FromSeconds(10)));

        Assert.Single(await rig.TranscribeAsync(await ServerRig.UtterancesAsync(1)));
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task FailsAgainAndAgain_IsLeftAlone_AndAskedAgainAfterwards()
    {
        var options = ServerRig.Quick();
        options.Rest = TimeSpan.FromSeconds(3);
        await using var rig = await ServerRig.StartAsync(options: options);
        rig.Server.Always = ServerFailure.Status(500);
        var sound = await ServerRig.UtterancesAsync(1);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<ModelServerException>(() => rig.TranscribeAsync(sound));

        Assert.Equal((false, "The OpenAI-compatible server is out of order (500)."), (rig.Engine.State.IsThere, rig.Engine.State.Sentence));
        Assert.Null(rig.Engine.TryReserve());
        var asked = rig.Server.Requests.Count;
        var failed = await Assert.ThrowsAsync<ModelServerException>(() => rig.TranscribeAsync(sound));
        Assert.Equal((asked, rig.Engine.State.Sentence), (rig.Server.Requests.Count, failed.Message));

        rig.Server.Always = null;
        await Hosting.Some.Eventually(() => Task.FromResult(rig.Engine.State.IsThere), "it may be asked again");
        Assert.Single(await rig.TranscribeAsync(sound));
        Assert.True(rig.Engine.State.IsThere);
    }

    [Fact]
    public async Task Live_WhatFailedIsMissedInItsPlace_AndTheRestGoesOn()
    {
        var options = ServerRig.Quick();
        (options.Attempts, options.AtATime) = (1, 1);
        await using var rig = await ServerRig.StartAsync(options: options);
        rig.Server.FailNext(ServerFailure.Slow(TimeSpan.Zero), ServerFailure.Status(500));

        var heard = await rig.HearAsync(await ServerRig.UtterancesAsync(3));

        Assert.Equal([false, true, false], heard.Select(speech => speech.IsMissed));
        Assert.All(heard, speech => Assert.True(speech.IsFinal));
        Assert.Equal("", heard[1].Segment.Text);
        // Of the second utterance, which begins after 1.4 s and is 0.9 s long.
        Assert.InRange(heard[1].Segment.From, 1, 1.6);
        Assert.InRange(heard[1].Segment.To, 2, 2.6);
        Assert.True(heard[2].Segment.From > heard[1].Segment.To);
    }
}
