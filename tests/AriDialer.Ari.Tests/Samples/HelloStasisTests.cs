using System.Reflection;
using AriDialer.Testing;

namespace AriDialer.Ari.Tests.Samples;

public sealed class HelloStasisTests
{
    [Fact]
    public async Task Sample_CallArrives_AnswersPlaysAndHangsUp()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var stop = new CancellationTokenSource();
        var options = TestClient.Options(asterisk);
        options.App = "hello";
        var app = HelloStasis.App.RunAsync(options, stop.Token);
        await asterisk.ConnectedAsync("hello");

        var caller = asterisk.Arrive("+12025550101", app: "hello", args: "");
        await asterisk.Requests.WaitForAsync("POST", $"/channels/{caller.Id}/answer");
        await asterisk.Requests.WaitForAsync("POST", $"/channels/{caller.Id}/play/hello-{caller.Id}");
        await asterisk.PlayingAsync($"hello-{caller.Id}");
        Assert.Equal("Up", caller.State);
        asterisk.FinishPlayback($"hello-{caller.Id}");
        await asterisk.Requests.WaitForAsync("DELETE", $"/channels/{caller.Id}");

        // A caller who is faster than the answer does not end the app.
        var hasty = asterisk.Requests.Hold(request => request.Segments is ["channels", _, "answer"]);
        var second = asterisk.Arrive("+12025550101", app: "hello", args: "");
        await asterisk.Requests.WaitForAsync("POST", $"/channels/{second.Id}/answer");
        second.HangUp();
        hasty.Dispose();
        var third = asterisk.Arrive("+12025550101", app: "hello", args: "");
        await asterisk.Requests.WaitForAsync("POST", $"/channels/{third.Id}/play/hello-{third.Id}");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app);
    }

    [Fact]
    public void Readme_ShowsTheSample_WordForWord()
    {
        var sample = Text("HelloStasis.cs");
        Assert.Contains($"```csharp\n{sample}```\n", Text("README.md"));

        // The statements of the app, without its braces, names and blank lines: it promises to be short.
        Assert.InRange(sample.Split('\n').Count(line => line.Trim() is not ("" or "{" or "}")), 10, 24);
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
