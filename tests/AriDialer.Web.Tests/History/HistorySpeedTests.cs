using System.Diagnostics;
using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.History;

/// <summary>A page of a history of a hundred thousand calls comes by its indexes.</summary>
public sealed class HistorySpeedTests : IAsyncLifetime
{
    private const string Fill = """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
        INSERT INTO Calls (Id, Run, Version, Direction, State, CallerNumber, CallerName, CalleeUserId, CalleeName, StartedAt, EndedAt, Reason,
            Estimated, EventCount, EventsUpTo)
        SELECT 'c' || i, 'r', 1, 'Inbound', 'Ended', '+44' || i, 'Caller ' || i, 'user' || (i % 40), 'Agent', 1700000000000 + i * 1000,
            1700000000000 + i * 1000, 'completed', 0, 0, 0 FROM n;
        INSERT INTO CallParticipants (CallId, ChannelId, UserId, Name, Role)
        SELECT Id, Id || '.leg1', CalleeUserId, 'Agent', 'Called' FROM Calls
        UNION ALL SELECT Id, Id || '.leg2', 'user' || ((StartedAt / 1000) % 50), 'Second', 'Transferred' FROM Calls
        UNION ALL SELECT Id, Id, NULL, CallerName, 'Caller' FROM Calls;
        """;

    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.WithDatabaseAsync(database => database.Database.ExecuteSqlRawAsync(Fill));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Page_OfAnAgent_ReadsNoCallButTheirs()
    {
        var plan = await PlanAsync(log => log.For(Person("user7", "agent")));

        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        Assert.Contains("COVERING INDEX IX_CallParticipants_UserId_CallId", plan, StringComparison.Ordinal);
        await FindAsync(log => log.For(Person("user7", "agent")), expected: 4_000);
        await FindAsync(log => log.For(Person("nobody", "agent")), expected: 0);
    }

    [Fact]
    public async Task Page_OfASupervisor_ReadsTheNewestOnly_AndOfAPersonOnlyTheirs()
    {
        var boss = Person("boss", "supervisor");

        Assert.Contains("USING INDEX IX_Calls_StartedAt", await PlanAsync(log => log.For(boss)), StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", await PlanAsync(log => log.Find(boss, new HistoryFilter { Person = "user7" })), StringComparison.Ordinal);
        await FindAsync(log => log.For(boss), expected: 100_000);
        await FindAsync(log => log.Find(boss, new HistoryFilter { Person = "user7" }), expected: 4_000);
    }

    [Fact]
    public async Task Search_ReadsTheParticipantsOnce()
    {
        var boss = Person("boss", "supervisor");
        var search = new HistoryFilter { Text = "Caller 9999" };

        Assert.DoesNotContain("CORRELATED", await PlanAsync(log => log.Find(boss, search)), StringComparison.Ordinal);
        await FindAsync(log => log.Find(boss, search), expected: 11);
    }

    private Task<string> PlanAsync(Func<CallLog, IQueryable<CallRecord>> calls) => _app.WithDatabaseAsync(async database =>
    {
        await database.Database.OpenConnectionAsync();
        await using var command = CallLog.Newest(calls(new CallLog(database))).Skip(50).Take(CallLog.PageSize).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return string.Join('\n', steps);
    });

    // How long it took is told, not judged: that is the machine's, the plan is ours.
    private Task<bool> FindAsync(Func<CallLog, IQueryable<CallRecord>> calls, int expected) => _app.WithDatabaseAsync(async database =>
    {
        var watch = Stopwatch.StartNew();
        var found = calls(new CallLog(database));
        Assert.Equal(expected, await found.CountAsync());
        Assert.Equal(Math.Min(expected, CallLog.PageSize), (await CallLog.Newest(found).Take(CallLog.PageSize).ToListAsync()).Count);
        TestContext.Current.SendDiagnosticMessage($"{expected} of 100,000 calls: {watch.ElapsedMilliseconds} ms");
        return true;
    });

    private static ClaimsPrincipal Person(string userId, string role) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId), new Claim(ClaimTypes.Role, role)], "test"));
}
