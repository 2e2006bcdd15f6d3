using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Contacts;

public sealed class ContactPageTests : IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";

    private TestApp _app = null!;
    private Browser _alice = null!;
    private Browser _bob = null!;
    private Browser _sam = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        (_alice, _bob, _sam) = (await _app.SignInAsync("Alice"), await _app.SignInAsync("Bob"), await _app.SignInAsync("Sam"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task List_WithoutAny_SaysWhatToDo()
    {
        await _alice.GetAsync("/contacts");

        Assert.Contains("No contacts yet", _alice.Text);
        Assert.Contains("/contacts/add", _alice.Html);
    }

    [Fact]
    public async Task Add_KeepsNumbersAsE164_InTheirOrder_EachOnce()
    {
        var answer = await _alice.AddContactAsync("Jane Doe", ["(202) 555-0143", "+44 20 7946 0123", "1 202 555 0143"]);

        Assert.Equal("/contacts", answer.Headers.Location?.OriginalString);
        Assert.Equal(["+12025550143", "+442079460123"], (await ContactAsync("Jane Doe")).Numbers.Select(number => number.E164));
        await _alice.GetAsync("/contacts");
        Assert.Contains("Jane Doe is in your contacts.", _alice.Text);
        Assert.Contains("data-dial=\"+12025550143\"", _alice.Text);
    }

    [Theory]
    [InlineData("12", "too short")]
    [InlineData("911", "An emergency number cannot be a contact's.")]
    [InlineData("2025550101&x", "not a telephone number")]
    [InlineData("", "Type at least one telephone number.")]
    public async Task Add_NumberThatCannotBe_IsRefusedWithASentenceAndKeepsWhatWasTyped(string number, string sentence)
    {
        var answer = await _alice.AddContactAsync("Jane Doe", [number]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _alice.Text);
        Assert.Contains("value=\"Jane Doe\"", _alice.Text);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("", "Type the contact's name.")]
    [InlineData(" \t ", "Type the contact's name.")]
    [InlineData("81", "A name may be 80 letters long.")]
    public async Task Add_NameThatCannotBe_IsRefused(string name, string sentence)
    {
        await _alice.AddContactAsync(name == "81" ? new string('x', 81) : name, ["+12025550143"]);

        Assert.Contains(sentence, _alice.Text);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Add_TooManyNumbers_IsRefused()
    {
        await _alice.AddContactAsync("Jane", [.. Enumerable.Range(0, 9).Select(i => $"+1202555010{i}")]);

        Assert.Contains("at most 8 numbers", _alice.Text);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Add_FromACall_HasNumberAndNameInTheForm()
    {
        await _alice.GetAsync($"/contacts/add?number=%2B12025550143&name={Uri.EscapeDataString(Script)}");

        Assert.Contains("value=\"+12025550143\"", _alice.Text);
        Assert.Contains(Script, _alice.Text);
        Assert.DoesNotContain(Script, _alice.Html);
    }

    [Fact]
    public async Task Text_WithMarkup_IsTextOnEveryPage()
    {
        await _alice.AddContactAsync(Script, ["+12025550143"], shared: true, company: Script, note: Script);
        var id = (await ContactAsync(Script)).Id;

        foreach (var (browser, page) in new[] { (_alice, "/contacts"), (_alice, $"/contacts/{id}"), (_alice, $"/contacts/{id}/delete"), (_bob, $"/contacts/{id}") })
        {
            await browser.GetAsync(page);
            Assert.DoesNotContain(Script, browser.Html);
            Assert.Contains(Script, browser.Text);
        }
    }

    [Fact]
    public async Task OwnContact_NobodyElseSees()
    {
        await _alice.AddContactAsync("Jane Doe", ["+12025550143"]);
        var id = (await ContactAsync("Jane Doe")).Id;

        foreach (var other in new[] { _bob, _sam })
        {
            await other.GetAsync("/contacts");
            Assert.DoesNotContain("Jane Doe", other.Text);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/contacts/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(other, $"/contacts/{id}", "Taken")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(other, $"/contacts/{id}/delete", "")).StatusCode);
            await other.GetAsync("/contacts/export");
            Assert.DoesNotContain("Jane Doe", other.Text);
        }

        Assert.Equal("Jane Doe", (await ContactAsync("Jane Doe")).Name);
    }

    [Fact]
    public async Task SharedContact_AllSee_OwnerAndSupervisorsChange()
    {
        await _alice.AddContactAsync("Jane Doe", ["+12025550143"], shared: true);
        var id = (await ContactAsync("Jane Doe")).Id;

        await _bob.GetAsync("/contacts");
        Assert.Contains("Shared by Alice", _bob.Text);
        Assert.DoesNotContain($"/contacts/{id}/delete", _bob.Html);
        await _bob.GetAsync($"/contacts/{id}");
        Assert.DoesNotContain(">Save<", _bob.Html);
        AssertDenied(await PostAsync(_bob, $"/contacts/{id}", "Taken"));
        AssertDenied(await _bob.GetAsync($"/contacts/{id}/delete"));
        AssertDenied(await PostAsync(_bob, $"/contacts/{id}/delete", ""));

        await PostAsync(_sam, $"/contacts/{id}", "Jane Smith");
        var changed = await ContactAsync("Jane Smith");
        Assert.True(changed.IsShared, "Only the owner decides who sees it.");
        await PostAsync(_alice, $"/contacts/{id}", "Jane Jones");
        Assert.False((await ContactAsync("Jane Jones")).IsShared);
    }

    [Fact]
    public async Task Delete_IsAskedFirst()
    {
        await _alice.AddContactAsync("Jane Doe", ["+12025550143", "+12025550144"]);
        var id = (await ContactAsync("Jane Doe")).Id;

        await _alice.GetAsync($"/contacts/{id}/delete");
        Assert.Contains("Delete Jane Doe?", _alice.Text);
        Assert.Equal(1, await CountAsync());
        await _alice.SendAsync($"/contacts/{id}/delete");

        Assert.Equal(0, await CountAsync());
        Assert.Equal(0, await _app.WithDatabaseAsync(database => database.Set<ContactNumber>().CountAsync()));
    }

    private static async Task<HttpResponseMessage> PostAsync(Browser browser, string path, string name)
    {
        await browser.GetAsync("/contacts/add");
        return await browser.SendAsync(path, ("Input.Name", name), ("Input.Numbers[0]", "+12025550143"), ("Input.IsShared", "false"));
    }

    private static void AssertDenied(HttpResponseMessage answer) => Assert.Contains("/account/denied", answer.Headers.Location?.OriginalString);

    private Task<Contact> ContactAsync(string name) => _app.WithDatabaseAsync(database =>
        database.Contacts.Include(contact => contact.Numbers.OrderBy(number => number.Id)).SingleAsync(contact => contact.Name == name));

    private Task<int> CountAsync() => _app.WithDatabaseAsync(database => database.Contacts.CountAsync());
}
