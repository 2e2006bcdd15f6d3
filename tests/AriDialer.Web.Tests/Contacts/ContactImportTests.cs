using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Contacts;

public sealed class ContactImportTests : IAsyncLifetime
{
    private static readonly TelephoneNumbers Numbers = new();

    private TestApp _app = null!;
    private Browser _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Bob");
        _alice = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Name,Numbers\nJane,(202) 555-0143; +44 20 7946 0123\n")]
    [InlineData("name;company;Phone 1;Phone 2\r\nJane;Acme;(202) 555-0143;+44 20 7946 0123\r\n")]
    [InlineData("Mobile\tName\tNumber\n+12025550143\tJane\t+442079460123")]
    [InlineData("Name,Numbers\n\n\"Jane\",\"202-555-0143\n+442079460123\"\n,,\n")]
    public void Read_AsSpreadsheetsWriteIt(string csv)
    {
        var contact = Assert.Single(Read(csv).Contacts);

        Assert.Equal("Jane", contact.Name);
        Assert.Equal(["+12025550143", "+442079460123"], contact.Numbers);
    }

    [Fact]
    public void Read_BadLines_AreEachNamedByTheirPlace_AndTheOthersAreTaken()
    {
        var file = Read("Name,Numbers,Note\nA,+12025550101,\n,+12025550102,\nC,12,\n\"D\nD\",+12025550104,\nE,,\nF,911,\n\"G,+12025550107,");

        Assert.Equal(["A", "D D"], file.Contacts.Select(contact => contact.Name));
        Assert.Equal([3, 4, 7, 8, 9], file.BadLines.Select(line => line.Number));
        Assert.Equal(
            [
                "There is no name in this line.", "“12”: This is too short for a telephone number in United States.",
                "There is no telephone number in this line.", "“911”: An emergency number cannot be a contact's.",
                "A quotation mark is opened in this line and never closed.",
            ],
            file.BadLines.Select(line => line.Sentence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Jane,+12025550143\n")]
    [InlineData("Name,Company\nJane,Acme\n")]
    public void Read_WithoutTheColumns_IsRefused(string csv) => Assert.Contains("must name the columns", Read(csv).Refusal);

    [Fact]
    public void Read_TooMany_IsRefused_TheMostIsNot()
    {
        static string Csv(int lines) => "Name,Number\n" + string.Concat(Enumerable.Range(0, lines).Select(i => $"Person {i},+12025550101\n"));

        Assert.Equal(ContactCsv.MostLines, Read(Csv(ContactCsv.MostLines)).Contacts.Count);
        Assert.Contains("A file may have 2,000 contacts", Read(Csv(ContactCsv.MostLines + 1)).Refusal);
    }

    [Theory]
    [InlineData(new byte[] { 0x4e, 0xe4, 0x0a })]
    [InlineData(new byte[] { 0x50, 0x4b, 0x03, 0x04, 0x00 })]
    public void Read_WhatIsNoText_IsRefused(byte[] bytes) => Assert.Contains("UTF-8", ContactCsv.Read(bytes, false, Numbers, "US").Refusal);

    [Fact]
    public async Task Import_AddsTheGoodLines_ShowsTheBadOnes_AndAddsNothingTwice()
    {
        const string Csv = "Name,Numbers\nJane,+12025550143\nJane,+12025550143\n<script>x</script>,12\n";

        await ImportAsync(Csv);
        Assert.Contains("1 contact was added. 1 was there already. 1 line was not taken.", _alice.Text);
        Assert.Contains("“12”: This is too short", _alice.Text);
        await ImportAsync(Csv);
        Assert.Contains("0 contacts were added. 2 were there already.", _alice.Text);

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Import_Shared_IsSeenByOthers()
    {
        await ImportAsync("Name,Numbers\nJane,+12025550143\n", areShared: true);

        var bob = await _app.SignInAsync("Bob");
        await bob.GetAsync("/contacts");
        Assert.Contains("Jane", bob.Text);
    }

    [Theory]
    [InlineData(0, "Choose a file that is not empty.")]
    [InlineData(1024 * 1024 + 1, "larger than 1 MB")]
    public async Task Import_FileThatCannotBe_IsRefusedWithASentence(int size, string sentence)
    {
        var answer = await ImportAsync(new string('x', size));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _alice.Text);
    }

    [Fact]
    public async Task Import_MoreThanOnePersonMayHave_AddsNone()
    {
        static string Csv(int file) => "Name,Number\n" + string.Concat(Enumerable.Range(0, ContactCsv.MostLines).Select(i => $"P{file}-{i},+12025550101\n"));
        foreach (var file in Enumerable.Range(0, ContactDesk.MostOwned / ContactCsv.MostLines))
        {
            await ImportAsync(Csv(file));
        }

        await ImportAsync("Name,Number\nOne more,+12025550101\n");
        Assert.Contains(ContactDesk.Full, _alice.Text);
        await _alice.PostAsync("/contacts/add", ("Input.Name", "One more"), ("Input.Numbers[0]", "+12025550101"));
        Assert.Contains(ContactDesk.Full, _alice.Text);
        Assert.Equal(ContactDesk.MostOwned, await CountAsync());
    }

    [Fact]
    public async Task Export_CanBeImportedAgain_AndHasNoFormulas()
    {
        const string Csv = "Name,Company,Numbers,Note,Shared\n\"Doe, \"\"Jane\"\"\",=1+1,+12025550143; +442079460123,\"two\nlines\",yes\n-Minus,,+12025550144,,no\n";
        await ImportAsync(Csv);

        var exported = await _alice.Client.GetAsync("/contacts/export");
        var bytes = await exported.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

        Assert.Equal("contacts.csv", exported.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains("'=1+1", text);
        Assert.Contains("'-Minus", text);
        await ImportAsync(text);
        Assert.Contains("0 contacts were added. 2 were there already.", _alice.Text);
        await _alice.GetAsync("/contacts/export?q=doe&of=Shared");
        Assert.Contains("Jane", _alice.Text);
        Assert.DoesNotContain("Minus", _alice.Text);
    }

    private static ContactFile Read(string csv) => ContactCsv.Read(Encoding.UTF8.GetBytes(csv), false, Numbers, "US");

    private async Task<HttpResponseMessage> ImportAsync(string csv, bool areShared = false)
    {
        await _alice.GetAsync("/contacts/import");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent
        {
            { file, "Table", "contacts.csv" },
            { new StringContent(areShared ? "true" : "false"), "AreShared" },
            { new StringContent(_alice.RequestToken), "__RequestVerificationToken" },
        };
        return await _alice.SendAsync("/contacts/import", form);
    }

    private Task<int> CountAsync() => _app.WithDatabaseAsync(database => database.Contacts.CountAsync());
}
