using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Contacts;

public sealed class ContactListTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _alice = null!;
    private Browser _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Bob");
        (_alice, _bob) = (await _app.SignInAsync("Alice"), await _app.SignInAsync("Bob"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("jane", true)]
    [InlineData("JÄNE ÖZ", true)]
    [InlineData("özil acm", true)]
    [InlineData("ane", false)]
    [InlineData("555-0143", true)]
    [InlineData("020 7946", true)]
    [InlineData("%", false)]
    [InlineData("_", false)]
    [InlineData("-", false)]
    [InlineData("'; DROP TABLE Contacts", false)]
    public async Task Search_FindsByWordsAndDigits(string text, bool isFound)
    {
        await _alice.AddContactAsync(text.StartsWith("JÄ", StringComparison.Ordinal) ? "Jäne Özil" : "Jane Özil", ["(202) 555-0143", "+44 20 7946 0123"], company: "Acme & Söhne");

        await _alice.GetAsync($"/contacts?q={Uri.EscapeDataString(text)}");

        Assert.Equal(isFound, _alice.Text.Contains("Acme & Söhne", StringComparison.Ordinal));
        Assert.Equal(!isFound, _alice.Text.Contains("Nobody found", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Mine", true, false)]
    [InlineData("Shared", false, true)]
    [InlineData("All", true, true)]
    [InlineData("nonsense", true, true)]
    public async Task List_Whose_ShowsThose(string scope, bool own, bool shared)
    {
        await _alice.AddContactAsync("Own Contact", ["+12025550143"]);
        await _bob.AddContactAsync("Shared Contact", ["+12025550144"], shared: true);

        await _alice.GetAsync("/contacts");
        await _alice.GetAsync($"/contacts?of={scope}");

        Assert.Equal((own, shared), (_alice.Text.Contains("Own Contact", StringComparison.Ordinal), _alice.Text.Contains("Shared Contact", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_Many_HasPagesInOrderOfNames()
    {
        foreach (var i in Enumerable.Range(0, 30))
        {
            await _alice.AddContactAsync($"{(i % 2 == 0 ? "Person" : "person")} {i:00}", ["+12025550143"]);
        }

        await _alice.GetAsync("/contacts?p=2");
        Assert.Contains("Page 2 of 2, 30 contacts", _alice.Text);
        Assert.Contains("erson 29", _alice.Text);
        Assert.DoesNotContain("erson 24", _alice.Text);
    }
}
