using AriDialer.Testing;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>The whole web app on a database file of its own, with a fake Asterisk.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly Factory _factory;
    private readonly bool _ownsAsterisk;
    private readonly bool _isOnRealPort;
    private TempFolder? _folder;

    private TestApp(Factory factory, FakeAsterisk asterisk, bool ownsAsterisk, bool isOnRealPort) =>
        (_factory, Asterisk, _ownsAsterisk, _isOnRealPort) = (factory, asterisk, ownsAsterisk, isOnRealPort);

    public FakeAsterisk Asterisk { get; }

    public IServiceProvider Services => _factory.Services;

    public string DataDirectory => _factory.DataDirectory;

    public TestServer Server => _factory.Server;

    /// <summary>Where the app listens, if it was started on a real port.</summary>
    public Uri Address => _factory.ClientOptions.BaseAddress;

    public static async Task<TestApp> StartAsync(
        Dictionary<string, string>? settings = null,
        TimeProvider? time = null,
        string? dataDirectory = null,
        FakeAsterisk? asterisk = null,
        bool onRealPort = false,
        Action<IServiceCollection>? services = null)
    {
        var fake = asterisk ?? await FakeAsterisk.StartAsync();
        var folder = dataDirectory is null ? new TempFolder() : null;
        var factory = new Factory(fake, settings ?? [], time, dataDirectory ?? folder!.Path, services);
        if (onRealPort)
            factory.UseKestrel(0);
        try
        {
            factory.StartServer();
        }
        catch
        {
            // Tests of settings that cannot be: nothing is to be left behind by them either.
            folder?.Dispose();
            throw;
        }

        return new TestApp(factory, fake, asterisk is null, onRealPort) { _folder = folder };
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Browser NewBrowser()
    {
        var cookies = new CookieJar();
        if (_isOnRealPort)
        {
            cookies.InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
            return new Browser(new HttpClient(cookies) { BaseAddress = Address }, cookies);
        }

        return new Browser(_factory.CreateDefaultClient(cookies), cookies);
    }

    public HttpMessageHandler NewHandler() => _factory.Server.CreateHandler();

    public async Task<string> AddPersonAsync(string name, string role = "agent", string? number = null, string? password = Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = Email(name), Email = Email(name), EmailConfirmed = true, DisplayName = name, Number = number };
        var result = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        Assert.True(result.Succeeded, result.ToString());
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return user.Id;
    }

    public async Task<Browser> SignInAsync(string name)
    {
        var browser = NewBrowser();
        var answer = await browser.SignInAsync(Email(name), Password);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return browser;
    }

    public static string Email(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}@example.com";

    /// <summary>The calls' rows as they now are.</summary>
    internal async Task<List<CallRecord>> RowsAsync()
    {
        await using var database = await Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await database.Calls.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    /// <summary>A call's timeline as its page shows it.</summary>
    internal Task<List<CallEvent>> LinesAsync(string callId) => WithDatabaseAsync(database =>
        database.CallEvents.Where(line => line.CallId == callId).OrderBy(line => line.At).ThenBy(line => line.Number).ToListAsync());

    /// <summary>Who took part in a call, by their channels.</summary>
    internal Task<List<CallParticipant>> PeopleAsync(string callId) => WithDatabaseAsync(database =>
        database.CallParticipants.Where(one => one.CallId == callId).OrderBy(one => one.ChannelId).ToListAsync());

    /// <summary>Waits until the call's end is in the history.</summary>
    internal Task EndedAsync(string callId) => Some.Eventually(
        async () => (await RowsAsync()).Any(row => row.Id == callId && row.EndedAt is not null), $"call {callId} has its end in the history");

    internal async Task<T> WithDatabaseAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var database = await Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await read(database);
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        if (_ownsAsterisk)
            await Asterisk.DisposeAsync();
        _folder?.Dispose();
    }

    private sealed class Factory(
        FakeAsterisk asterisk, Dictionary<string, string> settings, TimeProvider? time, string dataDirectory, Action<IServiceCollection>? services)
        : WebApplicationFactory<Program>
    {
        public string DataDirectory => dataDirectory;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.UseSetting("Data:Directory", dataDirectory);
            builder.UseSetting("Asterisk:Url", asterisk.Url.ToString());
            builder.UseSetting("Asterisk:Username", FakeAsterisk.Username);
            builder.UseSetting("Asterisk:Password", FakeAsterisk.Password);
            builder.UseSetting("Account:AttemptsPerMinute", "1000");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            if (time is not null)
                builder.ConfigureTestServices(all => all.AddSingleton(time));
            if (services is not null)
                builder.ConfigureTestServices(services);
        }
    }
}
