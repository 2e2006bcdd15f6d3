using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Profile;

public sealed class CallsPageTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Zoe");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Save_Everything_IsKeptAndShownAgain()
    {
        var alice = await _app.SignInAsync("Alice");
        var answer = await SaveAsync(alice,
            ("Input.DoNotDisturb", "true"), ("Input.Voicemail", "true"), ("Input.RingSeconds", "25"),
            ("Input.Always.To", "Voicemail"),
            ("Input.WhenBusy.To", "Colleague"), ("Input.WhenBusy.Colleague", _bob),
            ("Input.WhenUnanswered.To", "Number"), ("Input.WhenUnanswered.Number", "(202) 555-0177"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var rules = await RulesAsync(_alice);
        Assert.Equal(new CallForward(ForwardTo.Voicemail, null, null), rules.Always);
        Assert.Equal(new CallForward(ForwardTo.Colleague, null, _bob), rules.WhenBusy);
        Assert.Equal(new CallForward(ForwardTo.Number, "+12025550177", null), rules.WhenUnanswered);
        Assert.Equal((25, true), (rules.RingSeconds, rules.Voicemail));
        Assert.True((await _app.Get<Colleagues>().ByIdAsync(_alice, CancellationToken.None))!.DoNotDisturb);

        await alice.GetAsync("/profile/calls");
        Assert.Contains("Saved.", alice.Text);
        Assert.Contains("value=\"(202) 555-0177\"", alice.Text);
        Assert.Contains($"<option value=\"{_bob}\" selected=\"selected\">Bob</option>", alice.Text);
    }

    [Fact]
    public async Task Save_Off_ForgetsWhatWasChosen()
    {
        var alice = await _app.SignInAsync("Alice");
        await SaveAsync(alice, ("Input.Always.To", "Number"), ("Input.Always.Number", "+442079460123"), ("Input.DoNotDisturb", "true"));
        await SaveAsync(alice, ("Input.Always.To", "Off"), ("Input.Always.Number", "+442079460123"), ("Input.DoNotDisturb", "false"));

        Assert.Equal(CallForward.Off, (await RulesAsync(_alice)).Always);
        Assert.False((await _app.Get<Colleagues>().ByIdAsync(_alice, CancellationToken.None))!.DoNotDisturb);
    }

    [Theory]
    [InlineData("Number", "", "Write the number.")]
    [InlineData("Number", "202-555-0101", "This is your own number.")]
    [InlineData("Number", "911", "Calls are never sent on to an emergency number.")]
    [InlineData("Number", "(202) 555-017", "This is too short for a telephone number")]
    [InlineData("Number", "Bob", "This is not a telephone number.")]
    [InlineData("Number", "+442079460123&PJSIP/x", "This is not a telephone number.")]
    [InlineData("Colleague", "", "Choose a colleague of the list.")]
    [InlineData("Voicemail", "", "Your voicemail is off.")]
    public async Task Save_WhatCannotBe_IsRefusedWithASentence(string to, string number, string sentence)
    {
        var alice = await _app.SignInAsync("Alice");
        var answer = await SaveAsync(alice, ("Input.WhenBusy.To", to), ("Input.WhenBusy.Number", number));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, alice.Text);
        Assert.Equal(CallForward.Off, (await RulesAsync(_alice)).WhenBusy);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("121")]
    [InlineData("soon")]
    public async Task Save_RingingTooShortOrTooLong_IsRefused(string seconds)
    {
        var alice = await _app.SignInAsync("Alice");
        var answer = await SaveAsync(alice, ("Input.RingSeconds", seconds));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await RulesAsync(_alice)).RingSeconds);
    }

    [Theory]
    [InlineData("{alice}")]
    [InlineData("{disabled}")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Save_AColleagueWhoCannotBe_IsRefused(string colleague)
    {
        var disabled = await _app.AddPersonAsync("Dora");
        await _app.WithDatabaseAsync(async database =>
        {
            (await database.Users.FindAsync(disabled))!.Disabled = true;
            return await database.SaveChangesAsync();
        });
        var alice = await _app.SignInAsync("Alice");
        var id = colleague.Replace("{alice}", _alice, StringComparison.Ordinal).Replace("{disabled}", disabled, StringComparison.Ordinal);
        await SaveAsync(alice, ("Input.Always.To", "Colleague"), ("Input.Always.Colleague", id));

        Assert.Contains("Choose a colleague of the list.", alice.Text);
    }

    [Fact]
    public async Task Save_ANumberOutsideWithoutANumberToShow_IsRefused()
    {
        var zoe = await _app.SignInAsync("Zoe");
        await SaveAsync(zoe, ("Input.Always.To", "Number"), ("Input.Always.Number", "+442079460123"));
        Assert.Contains("You have no number of your own to show outside.", zoe.Text);

        await SaveAsync(zoe, ("Input.Always.To", "Number"), ("Input.Always.Number", "+12025550102"));
        await zoe.GetAsync("/profile/calls");
        Assert.Contains("Saved.", zoe.Text);
    }

    private static Task<HttpResponseMessage> SaveAsync(Browser browser, params (string, string)[] fields) => browser.PostAsync("/profile/calls", fields);

    private Task<CallSettings> RulesAsync(string userId) => _app.Get<CallRules>().OfAsync(userId, CancellationToken.None);
}
