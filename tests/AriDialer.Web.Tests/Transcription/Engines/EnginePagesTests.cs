using System.Net;
using AriDialer.Testing;
using AriDialer.Testing.Speech;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription.Engines;

/// <summary>An administrator sets engines up, tries them, and says what listens to which calls.</summary>
public sealed class EnginePagesTests : IAsyncLifetime
{
    private const string ServerPage = "/transcription/engines/servers/openai";

    private ModelTestServer _server = null!;
    private TestApp _app = null!;
    private Browser _admin = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelTestServer.StartAsync(_ => Task.FromResult<IReadOnlyList<ServedWord>>([new ServedWord("understood", 0, 1), new ServedWord("<b>it</b>", 1, 2)]));
        _app = await TestApp.StartAsync(new()
        {
            ["Transcription:SampleFile"] = RepositoryRoot.File(".local", "asterisk-root", "usr", "share", "asterisk", "sounds", "en_US_f_Allison", "all-circuits-busy-now.g722"),
            ["Transcription:Servers:Pause"] = "00:00:00.010",
        });
        _ada = await _app.AddPersonAsync("Ada", "administrator");
        _admin = await _app.SignInAsync("Ada");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task First_PocketSphinxListensToAll()
    {
        await _admin.GetAsync("/transcription/engines");

        Assert.Contains("PocketSphinx", _admin.Text);
        Assert.Contains("what is said stays on this machine", _admin.Text);
        Assert.Contains("All calls", _admin.Text);
        Assert.Contains("The OpenAI-compatible server is not used for transcripts", _admin.Text);
        Assert.Contains("href=\"/transcription/engines\" aria-current=\"page\"", _admin.Html);
        var choice = _app.Get<TranscriptionEngines>().For("+4930123456");
        Assert.Equal(("en-US", "pocketsphinx"), (choice.Language, choice.Engine.Id));
        Assert.Equal(["pocketsphinx", "openai", "azure"], _app.Get<TranscriptionEngines>().All.Select(engine => engine.Id));
    }

    [Fact]
    public async Task Server_SetUp_IsUsedAtOnce_AndItsKeyIsNowhere()
    {
        var changes = 0;
        _app.Get<TranscriptionEngines>().Changed += () => changes++;

        var saved = await SetUpAsync();

        Assert.Equal("/transcription/engines", saved.Headers.Location?.OriginalString);
        Assert.Equal(1, changes);
        Assert.Equal((true, "ears", "talker", ModelTestServer.Key), Account() is var account ? (account.IsOn, account.Model, account.ChatModel, account.Key) : default);
        Assert.Equal(("OpenAI-compatible server, ears", true), _app.Get<TranscriptionEngines>().Find("openai").State is var state ? (state.Name, state.IsThere) : default);
        Assert.Equal((true, "talker"), (_app.Get<ChatModels>().IsThere, _app.Get<ChatModels>().Name));
        var row = await _app.WithDatabaseAsync(database => database.SpeechServers.SingleAsync());
        Assert.DoesNotContain(ModelTestServer.Key, row.ProtectedKey, StringComparison.Ordinal);
        Assert.True(row.ProtectedKey!.Length > 50);
        foreach (var page in new[] { "/transcription/engines", ServerPage })
        {
            await _admin.GetAsync(page);
            Assert.Contains("ears", _admin.Text);
            Assert.DoesNotContain(ModelTestServer.Key, _admin.Text, StringComparison.Ordinal);
        }

        Assert.Contains("One is stored.", _admin.Text);
        var entry = Assert.Single(await AuditAsync());
        Assert.Equal((_ada, AuditActions.SpeechServerChanged), (entry.ActorId, entry.Action));
        Assert.Contains("model ears, chat model talker, new key (before: OpenAI-compatible server: off, no address", entry.Detail);
        Assert.DoesNotContain(ModelTestServer.Key, entry.Detail, StringComparison.Ordinal);
        // In no file either.
        foreach (var file in Directory.GetFiles(_app.DataDirectory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(ModelTestServer.Key, TextOf(file), StringComparison.Ordinal);
    }

    // The end of another test closes what is pooled, and SQLite removes its log then.
    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file, System.Text.Encoding.Latin1);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    [Fact]
    public async Task Key_StaysWithItsServer_AndGoesToNoOther()
    {
        await SetUpAsync();

        await SetUpAsync(key: "", model: "better ears");
        Assert.Equal(("better ears", ModelTestServer.Key), (Account().Model, Account().Key));

        // Another path on the same server has the key still; another server never.
        await SetUpAsync(key: "", address: _server.Address + "/audio");
        Assert.Equal(ModelTestServer.Key, Account().Key);
        await SetUpAsync(key: "", address: "http://127.0.0.1:9/v1");
        Assert.Null(Account().Key);
        await _admin.GetAsync("/transcription/engines");
        Assert.Contains("The API key was not kept, as it was given for another server.", _admin.Text);

        await SetUpAsync();
        await SetUpAsync(key: "", forget: true);
        Assert.Null(Account().Key);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "whole address")]
    [InlineData("api.openai.com/v1", "whole address")]
    [InlineData("ftp://example.com", "whole address")]
    [InlineData("https://me:secret@example.com/v1", "Leave the name and the password out")]
    [InlineData("https://example.com/v1?key=a", "Leave out what stands behind ?")]
    [InlineData("", "cannot be used without an address")]
    public async Task Address_ThatIsNone_IsRefusedWithASentence(string address, string sentence)
    {
        var answer = await SetUpAsync(address: address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _admin.Text);
        Assert.DoesNotContain(ModelTestServer.Key, _admin.Text, StringComparison.Ordinal);
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData("http://speech.example.com/v1", true)]
    [InlineData("https://speech.example.com/v1", false)]
    [InlineData("http://localhost:9000/v1", false)]
    [InlineData("http://192.168.3.4:9000/v1", false)]
    [InlineData("http://whisper:9000/v1", false)]
    [InlineData("http://172.32.0.1/v1", true)]
    [InlineData("http://[fd00::1]/v1", false)]
    public async Task Address_WithoutEncryption_IsWarnedAbout_UnlessItIsNear(string address, bool warns)
    {
        await SetUpAsync(address: address);
        await _admin.GetAsync("/transcription/engines");

        Assert.Equal(warns, _admin.Text.Contains("can be read on the way there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Try_SendsRealSpeech_AndShowsWhatCameBack()
    {
        await SetUpAsync();

        await TryAsync();

        Assert.Contains("ears answered after", _admin.Text);
        // What a server answers is text, whatever it looks like.
        Assert.Contains("and understood: “understood &lt;b&gt;it&lt;/b&gt;”", _admin.Html.Replace("&#x201C;", "“", StringComparison.Ordinal).Replace("&#x201D;", "”", StringComparison.Ordinal));
        Assert.Contains("talker answered after", _admin.Text);
        // Nearly two seconds of real sound.
        Assert.InRange(_server.Requests.Single(request => request.SoundBytes > 0).SoundBytes, 50_000, 70_000);
        Assert.Equal(AuditActions.SpeechServerTried, (await AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task RealtimeModel_IsKept_AndTriedWithRealSpeech()
    {
        await SetUpAsync();
        Assert.False(_app.Get<TranscriptionEngines>().Find("openai").Capabilities.Interim);

        await SetUpAsync(key: "", realtime: " live ears ");

        Assert.Equal("live ears", Account().RealtimeModel);
        Assert.True(_app.Get<TranscriptionEngines>().Find("openai").Capabilities.Interim);
        Assert.Contains("realtime model live ears", (await AuditAsync())[^1].Detail);
        await _admin.GetAsync(ServerPage);
        Assert.Contains("value=\"live ears\"", _admin.Html);
        await TryAsync();
        Assert.Contains("ears, live live ears, for summaries talker", _admin.Text);
        Assert.Matches("live ears gave the first words live after \\d+[.]\\d s and the last after \\d+[.]\\d s, and understood: .understood ", _admin.Text);
        Assert.Equal(("/v1/realtime", "live ears"), Assert.Single(_server.Realtime.Sessions) is var session ? (session.Path, session.Model) : default);

        _server.Realtime.Refusal = ServerFailure.Status(404);
        await TryAsync();
        Assert.Contains("live ears has no realtime interface at this address.", _admin.Text);
        await SetUpAsync(key: "", model: "", realtime: "live ears");
        Assert.Contains("recordings need it", _admin.Text);
        await SetUpAsync(key: "", realtime: new string('a', 101));
        Assert.Contains("This is too long for a name.", _admin.Text);
        await SetUpAsync(key: "", realtime: " ");
        Assert.Null(Account().RealtimeModel);
    }

    [Fact]
    public async Task Try_SaysWhatIsWrong_WithoutTheKey()
    {
        await SetUpAsync(key: "sk-another-key");
        await TryAsync();
        Assert.Contains("The OpenAI-compatible server refused the API key.", _admin.Text);
        Assert.DoesNotContain("sk-another-key", _admin.Text, StringComparison.Ordinal);

        await SetUpAsync(address: "http://127.0.0.1:9/v1");
        await TryAsync();
        Assert.Contains("The OpenAI-compatible server cannot be reached.", _admin.Text);

        Assert.Equal(HttpStatusCode.NotFound, (await _admin.SendAsync("/transcription/engines?handler=Try", ("id", "pocketsphinx"))).StatusCode);
    }

    [Fact]
    public async Task Rules_TheLongestBeginningDecides()
    {
        await SetUpAsync();
        await AddAsync("Germany", "de-DE", "openai");
        await AddAsync("+49 30", "en-GB", "openai");
        await _admin.PostAsync("/transcription/engines/calls?begins=", ("Input.Language", "en-US"), ("Input.EngineId", "pocketsphinx"));

        var engines = _app.Get<TranscriptionEngines>();
        Assert.Equal(
            ["de-DE openai", "en-GB openai", "en-US pocketsphinx", "en-US pocketsphinx"],
            new[] { "+4940123456", "+4930123456", "+12025550142", null }.Select(number => engines.For(number) is var choice ? $"{choice.Language} {choice.Engine.Id}" : ""));
        Assert.Equal(("OpenAI-compatible server, ears", "de-DE"), _app.Get<ReadEngineState>()("+4940123456") is var state ? (state.Name, state.Language) : default);
        await _admin.GetAsync("/transcription/engines");
        Assert.Contains("Calls with +49… (Germany)", _admin.Text);
        Assert.Contains("All other calls", _admin.Text);

        await _admin.PostAsync("/transcription/engines/calls?begins=%2B49", ("Input.Language", "fr-FR"), ("Input.EngineId", "openai"));
        Assert.Equal("fr-FR", engines.For("+4940123456").Language);
        var id = (await _app.WithDatabaseAsync(database => database.EngineRules.SingleAsync(rule => rule.NumberBegins == "+49"))).Id;
        await _admin.GetAsync($"/transcription/engines/calls/{id}/delete");
        Assert.Contains("Calls with +49…", _admin.Text);
        await _admin.SendAsync($"/transcription/engines/calls/{id}/delete");
        Assert.Equal("en-US", engines.For("+4940123456").Language);
        Assert.Equal(
            [AuditActions.EngineRuleSaved, AuditActions.EngineRuleSaved, AuditActions.EngineRuleSaved, AuditActions.EngineRuleSaved, AuditActions.EngineRuleDeleted],
            (await AuditAsync()).Skip(1).Select(entry => entry.Action));
    }

    [Theory]
    [InlineData("+49", "de-DE", "pocketsphinx", "PocketSphinx knows only English (United States).")]
    [InlineData("+49", "xx-YY", "openai", "Choose one of the list.")]
    [InlineData("+49", "de-DE", "nobody", "Choose one of the list.")]
    [InlineData("030", "en-US", "pocketsphinx", "Begin with + and the country's code")]
    public async Task Rule_ThatCannotBe_IsRefusedWithASentence(string begins, string language, string engine, string sentence)
    {
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(begins, language, engine)).StatusCode);

        Assert.Contains(sentence, _admin.Text);
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Configuration_GivesWhatHoldsUntilThePageSaysOtherwise()
    {
        using var data = new TempFolder();
        Dictionary<string, string> settings = new()
        {
            ["Transcription:OpenAI:BaseUrl"] = _server.Address.ToString(),
            ["Transcription:OpenAI:Model"] = "configured",
            ["Transcription:OpenAI:ApiKey"] = ModelTestServer.Key,
            ["Transcription:Engine"] = "openai",
            ["Transcription:Language"] = "nl-NL",
        };
        await using (var app = await TestApp.StartAsync(settings, dataDirectory: data.Path))
        {
            Assert.Equal(("nl-NL", "OpenAI-compatible server, configured"), app.Get<TranscriptionEngines>().For(null) is var choice ? (choice.Language, choice.Engine.State.Name) : default);
            await app.AddPersonAsync("Eve", "administrator");
            var eve = await app.SignInAsync("Eve");
            await SetUpAsync(eve, key: "", model: "from the page");
        }

        // It is so after a restart, too, and the configured key stays with the server for which it was configured.
        await using var again = await TestApp.StartAsync(settings, dataDirectory: data.Path);
        Assert.Equal(("from the page", ModelTestServer.Key), again.Get<EngineSettings>().Of(ServerKind.OpenAI) is var account ? (account.Model, account.Key) : default);
    }

    private ModelAccount Account() => _app.Get<EngineSettings>().Of(ServerKind.OpenAI);

    private Task<HttpResponseMessage> SetUpAsync(string key = ModelTestServer.Key, string? address = null, string model = "ears", bool forget = false, string realtime = "") =>
        SetUpAsync(_admin, key, address, model, forget, realtime);

    private Task<HttpResponseMessage> SetUpAsync(Browser admin, string key, string? address = null, string model = "ears", bool forget = false, string realtime = "") => admin.PostAsync(
        ServerPage, ("Input.IsOn", "true"), ("Input.Address", address ?? _server.Address.ToString()), ("Input.Model", model), ("Input.ChatModel", "talker"), ("Input.RealtimeModel", realtime),
        ("Input.Key", key), ("Input.ForgetKey", forget ? "true" : "false"));

    private Task<HttpResponseMessage> AddAsync(string begins, string language, string engine) => _admin.PostAsync(
        "/transcription/engines/calls", ("Input.NumberBegins", begins), ("Input.Language", language), ("Input.EngineId", engine));

    private Task<HttpResponseMessage> TryAsync() => _admin.PostAsync("/transcription/engines?handler=Try", ("id", "openai"));

    private Task<List<AuditEntry>> AuditAsync() => _app.WithDatabaseAsync(database => database.Audit.OrderBy(entry => entry.Id).ToListAsync());
}
