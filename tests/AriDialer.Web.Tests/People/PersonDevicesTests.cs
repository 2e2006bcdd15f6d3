using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Account;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.People;

/// <summary>What an administrator sees and takes away of a person's passkeys and desk phones.</summary>
public sealed class PersonDevicesTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _ada = null!;
    private string _bob = null!;
    private string _endpoint = null!;
    private Browser _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _ada = await _app.AddPersonAsync("Ada", "administrator");
        _bob = await _app.AddPersonAsync("Bob");
        await PasskeyHandlerStub.GiveAsync(_app.Services, _bob, "abc", "Old <laptop>");
        await PasskeyHandlerStub.GiveAsync(_app.Services, _bob, "def", "New laptop");
        _endpoint = (await _app.Get<DeskPhones>().AddAsync(_bob, "Kitchen", CancellationToken.None))!.Endpoint;
        _admin = await _app.SignInAsync("Ada");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Pages_SayHowManyThereAre()
    {
        await _admin.GetAsync("/people");
        Assert.Single(_admin.Text.Split('\n'), line => line.Contains("2 passkeys, 1 desk phone", StringComparison.Ordinal));

        await _admin.GetAsync($"/people/{_bob}");
        Assert.Contains("2 passkeys, 1 desk phone", _admin.Text);
        Assert.Contains("Old &lt;laptop&gt;", _admin.Html);
        Assert.Contains("data-confirm-title=\"Remove the desk phone Kitchen of Bob?\"", _admin.Text);

        await _admin.GetAsync($"/people/{_ada}");
        Assert.Contains("None: Ada signs in with the password", _admin.Text);
    }

    [Fact]
    public async Task Remove_TakesThemAway_AndIsWrittenDown()
    {
        await _admin.PostAsync($"/people/{_bob}?handler=RemovePasskey", ("device", "YWJj"));
        await _admin.GetAsync($"/people/{_bob}");
        Assert.Contains("The passkey Old <laptop> of Bob is removed.", _admin.Text);
        await _admin.SendAsync($"/people/{_bob}?handler=RemovePhone", ("device", _endpoint));
        await _admin.GetAsync($"/people/{_bob}");

        Assert.Contains("1 passkey.", _admin.Text);
        var written = await _app.WithDatabaseAsync(database => database.Audit.OrderBy(entry => entry.Id)
            .Where(entry => entry.ActorId == _ada && entry.SubjectId == _bob).Select(entry => entry.Action + " " + entry.Detail).ToListAsync());
        Assert.Equal([$"{AuditActions.PasskeyRemoved} Old <laptop>", $"{AuditActions.DeskPhoneRemoved} Kitchen"], written);
    }

    [Theory]
    [InlineData("RemovePasskey")]
    [InlineData("RemovePhone")]
    public async Task Remove_OfWhatIsNotTheirs_DoesNothing(string handler)
    {
        foreach (var device in new[] { "YWJj", _endpoint, "nonsense", "" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await _admin.PostAsync($"/people/{_ada}?handler={handler}", ("device", device))).StatusCode);
        }

        await _admin.GetAsync($"/people/{_bob}");
        Assert.Contains("2 passkeys, 1 desk phone", _admin.Text);
    }
}
