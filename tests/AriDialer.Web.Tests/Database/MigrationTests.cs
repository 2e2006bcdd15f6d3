using AriDialer.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Tests.Database;

/// <summary>A start brings the database to its schema, whatever the one before left behind.</summary>
public sealed class MigrationTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Start_AfterADeathInMidMigration_DoesNotWaitForItsLock()
    {
        using var folder = new TempFolder();
        await using (var database = await OpenAsync(folder))
        {
            await ExecuteAsync(database, "PRAGMA journal_mode=WAL");
            await ExecuteAsync(database, "CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL)");
            await ExecuteAsync(database, "INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-02 12:00:00+00:00')");
        }

        await using var app = await Task.Run(() => TestApp.StartAsync(dataDirectory: folder.Path)).WaitAsync(Soon);
    }

    [Fact]
    public async Task Start_SchemaIsThisVersionsAlready_WritesNothing()
    {
        using var folder = new TempFolder();
        await using (await TestApp.StartAsync(dataDirectory: folder.Path))
        {
        }

        await using var other = await OpenAsync(folder);
        await ExecuteAsync(other, "BEGIN IMMEDIATE");

        await using var app = await Task.Run(() => TestApp.StartAsync(dataDirectory: folder.Path)).WaitAsync(Soon);
    }

    private static async Task<SqliteConnection> OpenAsync(TempFolder folder)
    {
        var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "aridialer.db")};Pooling=False");
        await database.OpenAsync();
        return database;
    }

    private static async Task ExecuteAsync(SqliteConnection database, string sql)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
