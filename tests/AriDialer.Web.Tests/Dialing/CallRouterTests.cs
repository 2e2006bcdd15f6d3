using System.Collections.Immutable;
using System.Net.Http.Json;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Dialing;

public sealed class CallRouterTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;
    private string _carol = null!;
    private string _alicePhone = null!;
    private string _bobPhone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
        _carol = await _app.AddPersonAsync("Carol");
        await _app.Asterisk.ConnectedAsync();
        _alicePhone = await PhoneOfAsync("Alice");
        _bobPhone = await PhoneOfAsync("Bob");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("+442079460123")]
    [InlineData("011442079460123")]
    public async Task Outbound_Number_GoesToTheTrunkAsE164(string dialled)
    {
        var ring = Assert.IsType<RingTargets>(await RouteAsync(_alicePhone, dialled));

        Assert.Equal(CallDirection.Outbound, ring.Direction);
        Assert.Equal(new CallParty(_alice, "+12025550101", "Alice"), ring.Caller);
        Assert.Equal("+442079460123", ring.Callee.Number);
        Assert.Equal(new DialTarget("PJSIP/+442079460123@aridialer-trunk", "+12025550101", "Alice", null), Assert.Single(ring.Targets));
        Assert.Equal(TimeSpan.FromSeconds(45), ring.RingFor);
    }

    [Theory]
    [InlineData("2025550103&PJSIP/other", EndReasons.InvalidNumber)]
    [InlineData("+442079460123@elsewhere", EndReasons.InvalidNumber)]
    [InlineData("+44207946\r\n0123", EndReasons.InvalidNumber)]
    [InlineData("", EndReasons.InvalidNumber)]
    [InlineData("411", EndReasons.InvalidNumber)]
    [InlineData("person-00000000000000000000000000000000", EndReasons.InvalidNumber)]
    [InlineData("person-1&2", EndReasons.InvalidNumber)]
    [InlineData("911", EndReasons.NotAllowed)]
    [InlineData("+12025550101", EndReasons.NotAllowed)]
    public async Task Outbound_WhatCannotBeCalled_IsRefused(string dialled, string reason)
    {
        var refused = Assert.IsType<RefuseCall>(await RouteAsync(_alicePhone, dialled));

        Assert.Equal(reason, refused.Reason);
        Assert.Equal(_alice, refused.Caller.UserId);
    }

    [Fact]
    public async Task Internal_ByNumberOrByName_RingsTheColleaguesPhone()
    {
        foreach (var dialled in new[] { "+12025550102", "2025550102", PhoneNames.DialFor(_bob) })
        {
            var ring = Assert.IsType<RingTargets>(await RouteAsync(_alicePhone, dialled));
            Assert.Equal(CallDirection.Internal, ring.Direction);
            Assert.Equal(new DialTarget($"PJSIP/{_bobPhone}", "+12025550101", "Alice", _bob), Assert.Single(ring.Targets));
        }
    }

    [Fact]
    public async Task Internal_ColleagueWithoutAPhone_IsUnavailable()
    {
        var refused = Assert.IsType<RefuseCall>(await RouteAsync(_alicePhone, PhoneNames.DialFor(_carol)));

        Assert.Equal(EndReasons.Unavailable, refused.Reason);
        Assert.Equal(_carol, refused.Callee.UserId);
    }

    [Fact]
    public async Task Outbound_PersonWithoutANumber_NeedsTheTrunksNumber()
    {
        var phone = await PhoneOfAsync("Carol");
        var refused = Assert.IsType<RefuseCall>(await RouteAsync(phone, "+442079460123"));
        Assert.Equal(EndReasons.NotAllowed, refused.Reason);
    }

    [Fact]
    public async Task Inbound_PersonsNumber_RingsEveryPhoneOfTheirs()
    {
        var second = await PhoneOfAsync("Bob");

        var ring = Assert.IsType<RingTargets>(await RouteAsync("aridialer-trunk", "2025550102", "+442079460123", "Jane\r\nDoe\0", "trunk"));

        Assert.Equal(CallDirection.Inbound, ring.Direction);
        Assert.Equal(new CallParty(null, "+442079460123", "JaneDoe"), ring.Caller);
        Assert.Equal([$"PJSIP/{second}", $"PJSIP/{_bobPhone}"], ring.Targets.Select(target => target.Address));
    }

    [Theory]
    [InlineData("+12025550177", EndReasons.InvalidNumber)]
    [InlineData("s", EndReasons.InvalidNumber)]
    public async Task Inbound_NobodysNumber_IsRefused(string dialled, string reason)
    {
        var refused = Assert.IsType<RefuseCall>(await RouteAsync("aridialer-trunk", dialled, "anonymous", "", "trunk"));

        Assert.Equal(reason, refused.Reason);
        Assert.Null(refused.Caller.Number);
    }

    [Theory]
    [InlineData("web-aaaaaaaaaaaaaaaa")]
    [InlineData("somebody-elses-desk-phone")]
    public async Task Outbound_PhoneThatNobodyKnows_IsRefused(string endpoint)
    {
        var refused = Assert.IsType<RefuseCall>(await RouteAsync(endpoint, "+442079460123"));

        Assert.Equal(EndReasons.NotAllowed, refused.Reason);
        Assert.Null(refused.Caller.UserId);
    }

    [Fact]
    public async Task Route_AnyDecision_IsInTheHistoryBeforeItIsGiven()
    {
        await RouteAsync(_alicePhone, "911", callId: "emergency");

        var row = Assert.Single(await _app.RowsAsync(), row => row.Id == "emergency");
        Assert.Equal((_alice, "911", CallState.Arriving), (row.CallerUserId, row.CalleeNumber, row.State));
    }

    private async Task<RouteDecision> RouteAsync(
        string endpoint, string dialled, string callerNumber = "", string callerName = "", string kind = "phone", string callId = "call") =>
        await _app.Get<CallRouting>()(
            new RouteRequest(
                callId, endpoint, dialled, callerNumber, callerName, ImmutableDictionary<string, string>.Empty.Add("kind", kind), Some.Noon),
            CancellationToken.None);

    private async Task<string> PhoneOfAsync(string name)
    {
        var answer = await (await _app.SignInAsync(name)).PostScriptAsync("/phone/session");
        return (await answer.Content.ReadFromJsonAsync<PhoneSessionView>())!.Endpoint;
    }
}
