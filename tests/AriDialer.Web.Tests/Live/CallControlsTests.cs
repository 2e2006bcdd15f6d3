using AriDialer.Calls;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.SignalR.Client;

namespace AriDialer.Web.Tests.Live;

/// <summary>Controls as a page asks for them, on a real call whose Asterisk is faked.</summary>
public sealed class CallControlsTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;
    private string _call = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Dialing:Places:0:Name"] = "Front desk", ["Dialing:Places:0:Context"] = "reception" });
        await _app.Asterisk.ConnectedAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Bobby", number: "+12025550103");
        await _app.AddPersonAsync("Sam", "supervisor");
        await (await _app.SignInAsync("Alice")).PostScriptAsync("/phone/session");
        _app.Asterisk.OnDial = channel => channel.Ring();
        _app.Asterisk.Arrive("+12025550101");
        await Some.Eventually(() => Task.FromResult(_app.Get<CallDirectory>().Live.Any(call => call.State == CallState.Ringing)), "Alice's phone rings");
        _call = Assert.Single(_app.Get<CallDirectory>().Live).Id;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Control_NoSuchCall_SaysSo()
    {
        await using var hub = await ConnectAsync("Alice");

        foreach (var id in new[] { "", "nothing", "../../x y", null })
        {
            var ended = new ControlView(ControlResult.NoSuchCall, "This call has ended.");
            Assert.Equal(ended, await hub.InvokeAsync<ControlView>("HangUp", id));
            Assert.Equal(ended, await hub.InvokeAsync<ControlView>("Mute", id, true));
            Assert.Equal(ended, await hub.InvokeAsync<ControlView>("Transfer", id, "Bob"));
        }
    }

    [Fact]
    public async Task Control_SomebodyElsesCall_IsNotAllowedAndTheCallUntouched()
    {
        await using var hub = await ConnectAsync("Bob");

        foreach (var (method, arguments) in Everything())
        {
            var answer = await hub.InvokeCoreAsync<ControlView>(method, arguments);
            Assert.True(answer.Result == ControlResult.NotAllowed, $"{method} was {answer}");
            Assert.NotNull(answer.Sentence);
        }

        Assert.Equal(CallState.Ringing, _app.Get<CallDirectory>().Find(_call)!.State);
    }

    [Fact]
    public async Task Control_NobodyHasAnsweredYet_IsRefusedWithASentence()
    {
        await using var hub = await ConnectAsync("Alice");

        Assert.Equal(new ControlView(ControlResult.Refused, "Nobody has answered yet."), await hub.InvokeAsync<ControlView>("Hold", _call));
    }

    [Fact]
    public async Task Hold_WhoTalks_IsDoneAndALineOfTheHistory()
    {
        await using var hub = await ConnectAsync("Alice");
        _app.Asterisk.Channel($"{_call}.leg1")!.Answer();
        await Some.Eventually(() => Task.FromResult(Now.State == CallState.Connected), "they talk");

        Assert.Equal(ControlResult.Accepted, (await hub.InvokeAsync<ControlView>("Hold", _call)).Result);
        Assert.True(Now.LegOf(_alice)!.Holding);
        Assert.Equal("There is nobody now who could hear the digits.", (await hub.InvokeAsync<ControlView>("SendDigits", _call, "12#", true)).Sentence);
        Assert.Equal(ControlResult.Accepted, (await hub.InvokeAsync<ControlView>("Resume", _call)).Result);
        Assert.Equal(ControlResult.Accepted, (await hub.InvokeAsync<ControlView>("SendDigits", _call, "12#", true)).Result);
        Assert.Equal("That person is no longer in this call.", (await hub.InvokeAsync<ControlView>("MutePerson", _call, "another", true)).Sentence);
        await hub.InvokeAsync<ControlView>("HangUp", _call);
        await _app.EndedAsync(_call);

        var lines = await _app.LinesAsync(_call);
        Assert.Equal(["started", "ringing", "answered", "held", "resumed", "digits", "ended"], lines.Select(line => line.Kind));
        Assert.Equal((_alice, "•••"), (lines[5].ByUserId, lines[5].Detail));
    }

    [Fact]
    public async Task Transfer_ToNobody_IsRefusedAtOnceWithItsSentence()
    {
        await using var hub = await ConnectAsync("Alice");
        foreach (var (to, words) in new[]
        {
            ("911", "emergency"), ("202 555 0101", "your own number"), ("nobody at all", "Nobody here is called that"),
            ("", "a name or a number"), (null, "a name or a number"), ("bo", "Several people are called that: Bob, Bobby."),
            ("person-00000000000000000000000000000001", "nobody to call"), (PhoneNames.DialFor(_alice), "This is yourself"),
            ("PJSIP/trunk&Local/s@default", "number"), (new string('1', 4_000), "number"),
        })
        {
            foreach (var method in new[] { "Transfer", "Ask", "AddPerson" })
            {
                var answer = await hub.InvokeAsync<ControlView>(method, _call, to);
                Assert.Equal(ControlResult.Refused, answer.Result);
                Assert.Contains(words, answer.Sentence!, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Transfer_ToSomebody_IsTheCallsToAnswer()
    {
        await using var hub = await ConnectAsync("Alice");
        foreach (var to in new[] { "bob", "Bobby ", "front desk", "+44 20 7946 0123", PhoneNames.DialFor(_bob) })
        {
            // It rings still: the call was asked, and refuses.
            Assert.Equal("Nobody has answered yet.", (await hub.InvokeAsync<ControlView>("Transfer", _call, to)).Sentence);
        }
    }

    [Fact]
    public async Task Ask_APlaceOfTheDialplan_IsRefused()
    {
        await using var hub = await ConnectAsync("Alice");
        foreach (var method in new[] { "Ask", "AddPerson" })
        {
            var answer = await hub.InvokeAsync<ControlView>(method, _call, "Front desk");
            Assert.Equal("Calls can be transferred there, but nobody is there to talk to.", answer.Sentence);
        }
    }

    [Fact]
    public async Task SendDigits_NoDigits_AreRefused()
    {
        await using var hub = await ConnectAsync("Alice");
        foreach (var digits in new[] { "", null, "12 3", "abc", "1\n", "１２", new string('0', 65) })
        {
            var answer = await hub.InvokeAsync<ControlView>("SendDigits", _call, digits, false);
            Assert.Equal(ControlSentences.ForRefusal(Refusals.NotDigits), answer.Sentence);
        }

        Assert.Equal("There is nobody now who could hear the digits.", (await hub.InvokeAsync<ControlView>("SendDigits", _call, "0123456789*#ABCDw", true)).Sentence);
    }

    [Fact]
    public async Task Control_ShapelessIds_AreRefused()
    {
        await using var hub = await ConnectAsync("Alice");

        Assert.Equal("That person is no longer in this call.", (await hub.InvokeAsync<ControlView>("RemovePerson", _call, null)).Sentence);
        Assert.Equal("That person is no longer in this call.", (await hub.InvokeAsync<ControlView>("MutePerson", _call, "<b>", true)).Sentence);
        Assert.Equal("These calls cannot be merged.", (await hub.InvokeAsync<ControlView>("Merge", _call, new string('x', 500))).Sentence);
    }

    [Fact]
    public async Task EndCall_Supervisor_EndsAnybodysCall()
    {
        await using var hub = await ConnectAsync("Sam");

        Assert.Equal(new ControlView(ControlResult.Accepted, null), await hub.InvokeAsync<ControlView>("EndCall", _call));

        await Some.Eventually(() => Task.FromResult(_app.Get<CallDirectory>().Live.Count == 0), "the call ends");
    }

    [Fact]
    public async Task Controls_AsFastAsAScript_AreSlowedDown_ButOneCanAlwaysHangUp()
    {
        await using var hub = await ConnectAsync("Alice");
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => hub.InvokeAsync<ControlView>("Hold", _call)));

        Assert.Contains(answers, answer => answer.Sentence == "Nobody has answered yet.");
        Assert.Contains(answers, answer => answer.Sentence == "That was too much at once. Wait a moment.");
        Assert.Equal(ControlResult.Accepted, (await hub.InvokeAsync<ControlView>("HangUp", _call)).Result);
    }

    [Fact]
    public async Task Message_FarTooLong_EndsTheConnection()
    {
        await using var hub = await ConnectAsync("Alice");

        await Assert.ThrowsAnyAsync<Exception>(() => hub.InvokeAsync<ControlView>("Transfer", _call, new string('x', 100_000)));
        Assert.NotNull(_app.Get<CallDirectory>().Find(_call));
    }

    private CallSnapshot Now => _app.Get<CallDirectory>().Find(_call)!;

    private async Task<HubConnection> ConnectAsync(string name)
    {
        var hub = _app.NewHub(await _app.SignInAsync(name));
        await hub.StartAsync();
        return hub;
    }

    private IEnumerable<(string Method, object?[] Arguments)> Everything()
    {
        foreach (var method in new[] { "HangUp", "EndCall", "Hold", "Resume", "Swap", "CompleteTransfer", "CancelTransfer", "JoinConsultation" })
        {
            yield return (method, [_call]);
        }

        yield return ("Mute", [_call, true]);
        yield return ("SendDigits", [_call, "1", false]);
        yield return ("Transfer", [_call, "Bobby"]);
        yield return ("Ask", [_call, "Bobby"]);
        yield return ("AddPerson", [_call, "Bobby"]);
        yield return ("RemovePerson", [_call, $"{_call}.leg1"]);
        yield return ("MutePerson", [_call, $"{_call}.leg1", true]);
        yield return ("Merge", [_call, "another"]);
    }
}
