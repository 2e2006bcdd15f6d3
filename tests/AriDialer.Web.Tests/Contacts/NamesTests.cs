using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Contacts;

public sealed class NamesTests : IAsyncLifetime
{
    private const string Number = "+12025550143";

    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Ada", "administrator");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task NameOf_NearestFirst_AndAnewAfterEachChange()
    {
        Assert.Null(await NameAsync(_alice));

        await AddAsync(_bob, "Shared Jane", isShared: true);
        Assert.Equal("Shared Jane", await NameAsync(_alice));

        await AddAsync(_alice, "My Jane");
        Assert.Equal(("My Jane", "Shared Jane"), (await NameAsync(_alice), await NameAsync(_bob)));

        var mine = Assert.Single(await Book.SearchAsync(_alice, "my", 8, CancellationToken.None));
        await _app.Get<ContactDesk>().ChangeAsync(mine.Id, Draft("Our Jane"));
        Assert.Equal("Our Jane", await NameAsync(_alice));

        await _app.Get<ContactDesk>().DeleteAsync(mine);
        Assert.Equal("Shared Jane", await NameAsync(_alice));

        await _app.AddPersonAsync("Colleague Jane", number: Number);
        Assert.Equal("Colleague Jane", await NameAsync(_alice));
    }

    [Fact]
    public async Task NameOf_OwnContactOfSomebodyElse_IsNotTold()
    {
        await AddAsync(_bob, "Bob's secret");

        Assert.Null(await NameAsync(_alice));
    }

    [Fact]
    public async Task NameOf_DisabledColleague_IsForgotten()
    {
        Assert.Equal("Bob", await NameAsync(_alice, "+12025550102"));
        await (await _app.SignInAsync("Ada")).PostAsync($"/people/{_bob}/disable");

        Assert.Null(await NameAsync(_alice, "+12025550102"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task NameOf_NoNumber_IsNobody(string? number) => Assert.Null(await NameAsync(_alice, number));

    [Theory]
    [InlineData("jane", PreviewKind.Person, "+12025550143", 1)]
    [InlineData("doe", PreviewKind.Person, null, 2)]
    [InlineData("202 555 0143", PreviewKind.Number, "+12025550143", 1)]
    [InlineData("0144", PreviewKind.Invalid, null, 1)]
    public async Task NumberField_FindsContactsBesideColleagues(string text, object kind, string? dial, int people)
    {
        await AddAsync(_alice, "Jane Doe", company: "Acme");
        await AddAsync(_bob, "John Doe", isShared: true, number: "+12025550144");
        await AddAsync(_bob, "Jane Secret", number: "+12025550145");

        var preview = await _app.Get<NumberPreviews>().ResolveAsync(text, _alice, CancellationToken.None);

        Assert.Equal((kind, dial, people), (preview.Kind, preview.Dial, preview.People.Count));
        Assert.All(preview.People, person => Assert.Equal((null, null), (person.UserId, person.Online)));
        Assert.Equal(preview.Kind == PreviewKind.Number ? "Jane Doe" : null, preview.Name);
    }

    [Fact]
    public async Task NumberField_ContactWithSeveralNumbers_OffersEach_ColleaguesFirst()
    {
        await _app.Get<ContactDesk>().AddAsync(_alice, new ContactDraft("Bob Outside", "Acme", [Number, "+442079460123"], null, false));

        var preview = await _app.Get<NumberPreviews>().ResolveAsync("bob", _alice, CancellationToken.None);

        Assert.Equal(["+12025550102", Number, "+442079460123"], preview.People.Select(person => person.Number));
        Assert.Equal("Acme", preview.People[1].Company);
    }

    private ContactBook Book => _app.Get<ContactBook>();

    private async Task<string?> NameAsync(string userId, string? number = Number) => await _app.Get<Names>().NameOfAsync(userId, number);

    private Task AddAsync(string userId, string name, bool isShared = false, string number = Number, string? company = null) =>
        _app.Get<ContactDesk>().AddAsync(userId, Draft(name) with { IsShared = isShared, Numbers = [number], Company = company });

    private static ContactDraft Draft(string name) => new(name, null, [Number], null, false);
}
