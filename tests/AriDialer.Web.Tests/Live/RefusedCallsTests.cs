using AriDialer.Calls.Stasis;
using AriDialer.Web.Tests.Hosting;

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

    private static async Task<string> LiveAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/live");
        return await answer.Content.ReadAsStringAsync();
    }
}
