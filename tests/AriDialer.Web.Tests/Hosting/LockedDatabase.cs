using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>Locks an app's database as another process would; as a hosted service, from its start on.</summary>
/// <param name="folder">The app's data.</param>
internal sealed class LockedDatabase(string folder) : IHostedService
{
    private SqliteConnection? _other;

    /// <summary>Nobody else reads or writes until the result is disposed of.</summary>
    public static async Task<IAsyncDisposable> HoldAsync(string folder)
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(folder, "aridialer.db")};Pooling=False");
        await other.OpenAsync();
        await using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return other;
    }

    /// <summary>The history's journal of an app that does not run.</summary>
    public static HistoryJournal JournalIn(string folder)
    {
        var journal = new HistoryJournal(
            Options.Create(new DataOptions { Directory = folder }), Options.Create(new HistoryOptions { JournalBytes = 65_536 }), NullLogger<HistoryJournal>.Instance);
        journal.Open();
        return journal;
    }

    public async Task StartAsync(CancellationToken cancellationToken) => _other = (SqliteConnection)await HoldAsync(folder);

    public Task StopAsync(CancellationToken cancellationToken) => ReleaseAsync();

    public async Task ReleaseAsync() => await (_other?.DisposeAsync() ?? ValueTask.CompletedTask);
}
