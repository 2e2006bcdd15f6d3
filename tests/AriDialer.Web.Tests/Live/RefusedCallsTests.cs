using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace AriDialer.Web.Tests.Live;

/// <summary>Those who see all calls also read of those that there was no room for.</summary>
public sealed class RefusedCallsTests
{
    [Fact]
    public async Task Live_CallsWereRefused_SupervisorsReadHowManyAndWhen_AgentsDoNot()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddPersonAsync("Alice");
        await app.AddPersonAsync("Sam", role: "supervisor");
        var sam = await app.SignInAsync("Sam");
        Assert.DoesNotContain("refused since", await LiveAsync(sam), StringComparison.Ordinal);

        app.Get<Admission>().CountRefusedPhone();
        Assert.Contains("One call was refused since", await LiveAsync(sam), StringComparison.Ordinal);
        app.Get<Admission>().CountRefusedPhone();
        Assert.Contains("2 calls were refused since", await LiveAsync(sam), StringComparison.Ordinal);
        Assert.DoesNotContain("refused since", await LiveAsync(await app.SignInAsync("Alice")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchRefused_CallsAreRefused_SupervisorsAreToldMeanwhile_AgentsAreNot()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddPersonAsync("Alice");
        await app.AddPersonAsync("Sam", role: "supervisor");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var alice = app.NewHub(await app.SignInAsync("Alice"));
        await alice.StartAsync(late.Token);
        await Assert.ThrowsAsync<HubException>(async () => await alice.StreamAsync<RefusedView>("WatchRefused", late.Token).FirstAsync(late.Token));

        await using var sam = app.NewHub(await app.SignInAsync("Sam"));
        await sam.StartAsync(late.Token);
        List<string?> told = [];
        await foreach (var refused in sam.StreamAsync<RefusedView>("WatchRefused", late.Token))
        {
            told.Add(refused.Sentence?.Split(" since")[0]);
            if (told.Count == 3)
                break;

            app.Get<Admission>().CountRefusedPhone();
        }

        Assert.Equal([null, "One call was refused", "2 calls were refused"], told);
    }

    private static async Task<string> LiveAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/live");
        return await answer.Content.ReadAsStringAsync();
    }
}
