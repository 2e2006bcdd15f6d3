using System.Net.WebSockets;
using AriDialer.EndToEnd.House;
using Microsoft.Playwright;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Who gets a phone, and for how long.</summary>
public sealed class PhoneAccessTests(TestHouse house) : CallTest(house)
{
    [Fact]
    public async Task Credentials_AfterSigningOut_DoNotRegister()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        var session = await alice.SessionAsync();
        await using (var genuine = House.Outside.Registers(session.Endpoint, session.Password))
            await genuine.SucceedsAsync();

        await alice.Page.GetByLabel("Account:").ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();

        // Nobody of that name: what comes from this address is the trunk, and the trunk has no such phone.
        await using var withdrawn = House.Outside.RegistersInVain(session.Endpoint, 404);
        await withdrawn.SucceedsAsync();
    }

    [Fact]
    public async Task SipSocket_Anonymous_IsRefused()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(House.App.Url) { Scheme = "ws", Path = "/phone/ws" }.Uri;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));

        Assert.Contains((int)socket.HttpStatusCode, new[] { 302, 401, 403 });
    }

    [Fact]
    public async Task LivePage_OfAnAgent_ShowsOnlyTheirOwnCalls()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob);
        await bob.FollowAsync("Live");
        await alice.DialAsync(Sip.Outside.Customer);
        await alice.ConnectedAsync();
        await alice.FollowAsync("Live");

        await Assertions.Expect(alice.LiveCalls).ToContainTextAsync("+44 20 7946 0123");
        await Supervisor.SeesAsync(Person.Alice.Name, "+44 20 7946 0123", "Connected");
        await Assertions.Expect(bob.Page.GetByText("No calls right now")).ToBeVisibleAsync();

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }
}
