using System.Net;
using System.Net.Sockets;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The hand-off between the dialplan and the app, and what the dialplan does alone.</summary>
public sealed class DialplanTests(TestHouse house) : CallTest(house)
{
    [Fact]
    public async Task AppDead_PhoneCallsTheNetwork_IsConnectedByTheDialplan()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await House.App.KillAsync();

        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var call = desk.Calls(Outside.Customer, talkFor: 500);

        await call.SucceedsAsync();
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task AppDead_NetworkCallsANumber_RingsThePersonsPhone()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await Eventually.TrueAsync(
            async () => (await House.Ari.GlobalAsync($"ARIDIALER_RING_{Person.Alice.Number![1..]}")).Contains(desk.Endpoint, StringComparison.Ordinal),
            () => $"The dialplan was not told of {desk.Endpoint}.");
        await House.App.KillAsync();

        await using var answering = desk.IsCalledAndAnswers();
        await using var call = House.Outside.CallsAndHangsUp(Person.Alice.Number!, talkFor: 500);

        await call.SucceedsAsync();
        await answering.SucceedsAsync();
    }

    [Fact]
    public async Task AppDead_NetworkCallsANumberWithoutAPhone_IsUnavailable()
    {
        await House.App.KillAsync();

        await using var call = House.Outside.CallsAndIsRefused("+12025550188", 404);

        await call.SucceedsAsync();
    }

    [Fact]
    public async Task ReturnUnanswered_GoesOnInTheDialplanWithTheResult()
    {
        await using var call = House.Outside.CallsAndWaits("+12025550171");

        await call.SucceedsAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        Assert.Equal($"invalid-number/28/{row.CallId}", await House.Ari.GlobalAsync("TEST_HANDED_BACK"));
    }

    [Fact]
    public async Task BusyInSharedBridge_HangsUpTheCaller()
    {
        // Why the engine does not let a leg into the caller's bridge early where the dialplan wants the caller back.
        using var app = await House.Ari.BeAppAsync("test");
        await using var caller = House.Outside.CallsAndIsRefused("+12025550172", 486);
        var channel = await Eventually.FindAsync(
            async () => (await House.Ari.ChannelsAsync()).Select(text => text.Split(' ')).FirstOrDefault(words => words[1].StartsWith("PJSIP/", StringComparison.Ordinal))?[0],
            () => "The caller has not come.");
        await House.Ari.SendAsync(HttpMethod.Post, "bridges/test-busy?type=mixing");
        await House.Ari.AddToBridgeAsync("test-busy", channel);
        await House.Ari.SendAsync(HttpMethod.Post, "channels/create?endpoint=Local/s@test-busy&app=test&channelId=test-busy-1");
        await House.Ari.AddToBridgeAsync("test-busy", "test-busy-1");
        await House.Ari.SendAsync(HttpMethod.Post, "channels/test-busy-1/dial");

        await caller.SucceedsAsync();

        await House.Ari.SendAsync(HttpMethod.Delete, "bridges/test-busy");
    }

    [Fact]
    public async Task Trunk_AsksForATransfer_IsRefused_AndTheCallGoesOn()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var answering = desk.IsCalledAndAnswers();
        await using var caller = House.Outside.CallsAndRefersInVain(Person.Alice.Number!, to: Person.Bob.Number!);
        await caller.SucceedsAsync();
        await answering.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Completed", "Ended by the customer, cause 16");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LegThatHasNotRung_IsDown_AndIsLostWhenItIsDialledAgain(bool speaksEarly)
    {
        // Why the engine asks whether a leg was dialled, before it repeats a dial of which no answer came and after a restart.
        using var app = await House.Ari.BeAppAsync("test");
        await using var outside = speaksEarly ? House.Outside.IsCalledAndSpeaksEarly(null, speakFor: 8000) : null;
        using var mute = speaksEarly ? null : new UdpClient(new IPEndPoint(IPAddress.Loopback, House.Outside.Port));
        await House.Ari.SendAsync(
            HttpMethod.Post, "channels/create?endpoint=PJSIP/%2B442079460123@aridialer-trunk&app=test&channelId=test-twice",
            new { variables = new Dictionary<string, string> { ["PJSIP_HEADER(add,Priority)"] = "normal" } });
        Assert.Equal("normal", await PriorityAsync());
        await House.Ari.DialAsync("test-twice");

        // A header that was added is there until the INVITE takes it along: nothing else tells of a leg in state Down that it was dialled.
        await Eventually.TrueAsync(async () => await PriorityAsync() is null, () => "The header is still there.");
        await Task.Delay(500);
        Assert.Equal("Down", (await House.Ari.GetAsync("channels/test-twice")).GetProperty("state").GetString());
        await House.Ari.SendAsync(HttpMethod.Post, "channels/test-twice/dial");

        // It is taken with 204, and the channel is gone.
        await Eventually.TrueAsync(async () => await House.Ari.FindAsync("channels/test-twice") is null, () => "It was dialled twice and is still there.");
    }
    private async Task<string?> PriorityAsync()
    {
        try
        {
            return (await House.Ari.GetAsync("channels/test-twice/variable?variable=PJSIP_HEADER(read,Priority)")).GetProperty("value").GetString();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.InternalServerError)
        {
            return null;
        }
    }
}
