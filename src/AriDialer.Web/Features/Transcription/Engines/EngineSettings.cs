using System.Security.Cryptography;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>
/// Which servers there are and what listens to which calls, held in memory. The configuration says it, until an administrator does on the
/// page.
/// </summary>
internal sealed partial class EngineSettings(
    IDbContextFactory<AppDbContext> databases, IDataProtectionProvider protection, IOptions<TranscriptionEngineOptions> options, ILogger<EngineSettings> log)
    : IHostedService
{
    private readonly IDataProtector _protector = protection.CreateProtector("AriDialer.SpeechServer.Key");
    private volatile Book _book = new([], []);

    /// <summary>They were saved.</summary>
    public event Action? Changed;

    /// <summary>Those with the longest beginnings first; the last is for all the rest.</summary>
    public IReadOnlyList<EngineRuleEntry> Rules => _book.Rules is [.., { NumberBegins: "" }]
        ? _book.Rules
        : [.. _book.Rules, new EngineRuleEntry { NumberBegins = "", Language = options.Value.Language, EngineId = options.Value.Engine }];

    /// <summary>The account of a kind of server.</summary>
    public ModelAccount Of(ServerKind kind) => _book.Accounts.FirstOrDefault(account => account.Kind == kind) ?? Configured(kind);

    /// <summary>What holds for a call with this other side.</summary>
    public EngineRuleEntry For(string? farNumber) =>
        Rules.First(rule => rule.NumberBegins.Length == 0 || farNumber?.StartsWith(rule.NumberBegins, StringComparison.Ordinal) == true);

    public string Protect(string key) => _protector.Protect(key);

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads what is stored. Whoever has changed it calls this.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var servers = await database.SpeechServers.AsNoTracking().ToListAsync(cancellationToken);
        var rules = await database.EngineRules.AsNoTracking().ToListAsync(cancellationToken);
        _book = new Book(
            [.. servers.Join(ServerKind.All, server => server.Id, kind => kind.Id, (server, kind) => Stored(kind, server))],
            [.. rules.OrderByDescending(rule => rule.NumberBegins.Length).ThenBy(rule => rule.NumberBegins, StringComparer.Ordinal)]);
        Changed?.Invoke();
    }

    private ModelAccount Configured(ServerKind kind)
    {
        var account = kind == ServerKind.Azure ? options.Value.Azure : options.Value.OpenAI;
        var address = string.IsNullOrEmpty(account.BaseUrl) ? null : ServerAddress.Read(account.BaseUrl).Address;
        return new ModelAccount(kind, account.Enabled && address is not null, address, account.Model, account.ChatModel, account.ApiKey)
        {
            RealtimeModel = string.IsNullOrWhiteSpace(account.RealtimeModel) ? null : account.RealtimeModel,
        };
    }

    private ModelAccount Stored(ServerKind kind, SpeechServerEntry server) =>
        new(kind, server.IsOn, ServerAddress.Read(server.Address).Address, server.Model, server.ChatModel, Unprotect(kind, server.ProtectedKey))
        {
            RealtimeModel = server.RealtimeModel,
        };

    private string? Unprotect(ServerKind kind, string? key)
    {
        try
        {
            return key is null ? null : _protector.Unprotect(key);
        }
        // The keys of this machine are others than those it was stored with: somebody types it again.
        catch (CryptographicException)
        {
            LogLost(kind.Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API key of the {Server} cannot be opened any more: it is to be typed again under Speech engines")]
    private partial void LogLost(string server);

    private sealed record Book(IReadOnlyList<ModelAccount> Accounts, IReadOnlyList<EngineRuleEntry> Rules);
}
