using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.People;

public sealed class DisabledPersonTests
{
    [Fact]
    public async Task WhoTalksInTheBrowser_IsInTheCallNoMore()
    {
        await using var app = await TestApp.StartAsync();
        await app.Asterisk.ConnectedAsync();
        var alice = await app.AddPersonAsync("Alice", number: "+12025550101");
        var ada = await app.AddPersonAsync("Ada", "administrator");
        await (await app.SignInAsync("Alice")).PostScriptAsync("/phone/session");
        app.Asterisk.OnDial = channel => channel.Answer();
        app.Asterisk.Arrive("+12025550101");
        var calls = app.Get<CallDirectory>();
        await Some.Eventually(() => Task.FromResult(calls.Live.Any(call => call.State == CallState.Connected)), "they talk");

        using var scope = app.Services.CreateScope();
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(alice);
        Assert.True((await scope.ServiceProvider.GetRequiredService<PeopleDesk>().DisableAsync(person!, ada)).Succeeded);

        await Some.Eventually(() => Task.FromResult(app.Asterisk.Channels.Count == 0), "nobody is heard any more");
    }
}
