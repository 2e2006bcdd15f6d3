using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>What an administrator does to the speech engines: each act is written down, without keys, and counts from the next utterance on.</summary>
internal sealed class EngineDesk(IDbContextFactory<AppDbContext> databases, EngineSettings settings, AuditLog audit)
{
    /// <summary>Sets up a server.</summary>
    /// <param name="account">As it is to be; without a key, the one that is there is kept, but only for the same server.</param>
    /// <param name="forgetKey">The key that is there is not kept.</param>
    /// <param name="actorId">Who does it.</param>
    /// <returns>False where a key was let go, because it is another server now.</returns>
    public async Task<bool> SaveServerAsync(ModelAccount account, bool forgetKey, string actorId)
    {
        var before = settings.Of(account.Kind);
        // Whoever may change the address but does not know the key would have it sent to a place of their own.
        var keeps = account.Key is null && !forgetKey && before.Key is not null && ServerAddress.IsSame(before.Address, account.Address);
        var loses = account.Key is null && !forgetKey && before.Key is not null && !keeps;
        var key = account.Key ?? (keeps ? before.Key : null);
        await using var database = await databases.CreateDbContextAsync();
        var server = await database.SpeechServers.FindAsync(account.Kind.Id);
        if (server is null)
            database.SpeechServers.Add(server = new SpeechServerEntry { Id = account.Kind.Id });

        (server.IsOn, server.Address) = (account.IsOn, account.Address?.OriginalString);
        (server.Model, server.ChatModel, server.RealtimeModel) = (account.Model, account.ChatModel, account.RealtimeModel);
        server.ProtectedKey = key is null ? null : settings.Protect(key);
        await database.SaveChangesAsync();
        var keyText = (account.Key, key) switch
        {
            ({ }, _) => "new key",
            (_, { }) => "same key",
            _ => "no key",
        };
        await audit.WriteAsync(actorId, AuditActions.SpeechServerChanged, "", $"{Describe(account)}, {keyText} (before: {Describe(before)})");
        await settings.LoadAsync(CancellationToken.None);
        return !loses;
    }

    public Task NoteTryAsync(ServerKind kind, string actorId) => audit.WriteAsync(actorId, AuditActions.SpeechServerTried, "", kind.Name);

    public async Task<EngineRuleEntry?> FindRuleAsync(long id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.EngineRules.AsNoTracking().SingleOrDefaultAsync(rule => rule.Id == id, cancellationToken);
    }

    /// <summary>Adds a rule, or changes the one for the same numbers.</summary>
    public async Task SaveRuleAsync(string numberBegins, string language, string engineId, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        var rule = await database.EngineRules.SingleOrDefaultAsync(one => one.NumberBegins == numberBegins);
        if (rule is null)
            database.EngineRules.Add(rule = new EngineRuleEntry { NumberBegins = numberBegins, Language = language, EngineId = engineId });

        (rule.Language, rule.EngineId) = (language, engineId);
        await database.SaveChangesAsync();
        await audit.WriteAsync(actorId, AuditActions.EngineRuleSaved, "", Describe(rule));
        await settings.LoadAsync(CancellationToken.None);
    }

    /// <summary>Deletes a rule, if it is there.</summary>
    public async Task DeleteRuleAsync(long id, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.EngineRules.FindAsync(id) is not { } rule)
            return;

        database.EngineRules.Remove(rule);
        await database.SaveChangesAsync();
        await audit.WriteAsync(actorId, AuditActions.EngineRuleDeleted, "", Describe(rule));
        await settings.LoadAsync(CancellationToken.None);
    }

    private static string Describe(ModelAccount account) =>
        $"{account.Kind.Name}: {(account.IsOn ? "on" : "off")}, {account.Address?.OriginalString ?? "no address"}, "
        + $"model {account.Model ?? "none"}, chat model {account.ChatModel ?? "none"}{(account.RealtimeModel is { } realtime ? $", realtime model {realtime}" : "")}";

    private static string Describe(EngineRuleEntry rule) =>
        $"{(rule.NumberBegins.Length > 0 ? rule.NumberBegins + "…" : "All other calls")}: {rule.Language}, {rule.EngineId}";
}
