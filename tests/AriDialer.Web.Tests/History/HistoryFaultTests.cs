using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.History;

/// <summary>Faults in writing the history that are no locked database and no full disk.</summary>
public sealed class HistoryFaultTests
{
    [Fact]
    public async Task UnforeseenFault_TheWriterGoesOn_AndAllIsWritten()
    {
        var fault = new Fault();
        await using var app = await TestApp.StartAsync(services: services => services.ConfigureDbContext<AppDbContext>(options => options.AddInterceptors(fault)));
        fault.Left = 2;
        app.Get<CallFeed>().Tell(Some.Call("a", 1, CallState.Connected));
        await Some.Eventually(() => Task.FromResult(fault.Left <= 0), "the fault");
        app.Get<CallFeed>().Tell(Some.Call("b", 1, CallState.Ended));
        app.Get<CallFeed>().Tell(Some.Call("a", 2, CallState.Ended));

        await app.EndedAsync("a");
        await app.EndedAsync("b");
    }

    [Theory]
    [InlineData(19)]
    [InlineData(null)]
    public async Task CallThatCanNeverBeWritten_IsPutAside_AndHoldsNobodyUp(int? sqliteCode)
    {
        var fault = new Fault { Only = "bad", Left = int.MaxValue, SqliteCode = sqliteCode };
        var time = new FakeTimeProvider(Some.Noon);
        await using var app = await TestApp.StartAsync(time: time, services: services => services.ConfigureDbContext<AppDbContext>(options => options.AddInterceptors(fault)));
        app.Get<CallFeed>().Tell(Some.Call("bad", 1, CallState.Ended), Some.Moment(MomentKinds.Started));
        app.Get<CallFeed>().Tell(Some.Call("a", 1, CallState.Ended), Some.Moment(MomentKinds.Started));
        await AdvanceUntilAsync(time, async () => (await app.RowsAsync()).Count > 0);
        app.Get<CallFeed>().Tell(Some.Call("b", 1, CallState.Ended));
        await app.EndedAsync("b");

        Assert.Equal(["a", "b"], (await app.RowsAsync()).Select(row => row.Id).Order());
        Assert.Equal([MomentKinds.Started], (await app.LinesAsync("a")).Select(line => line.Kind));
        var aside = Path.Combine(app.DataDirectory, "history-unwritten.jsonl");
        Assert.Contains("\"bad\"", Assert.Single(await File.ReadAllLinesAsync(aside, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(aside));
    }

    [Fact]
    public async Task DatabaseThatCanOnlyBeRead_NothingIsPutAside()
    {
        var fault = new Fault { Left = int.MaxValue, SqliteCode = 8 };
        var time = new FakeTimeProvider(Some.Noon);
        await using var app = await TestApp.StartAsync(time: time, services: services => services.ConfigureDbContext<AppDbContext>(options => options.AddInterceptors(fault)));
        app.Get<CallFeed>().Tell(Some.Call("a", 1, CallState.Ended));
        await AdvanceUntilAsync(time, () => Task.FromResult(fault.Left < int.MaxValue - 20));
        Assert.False(File.Exists(Path.Combine(app.DataDirectory, "history-unwritten.jsonl")));

        fault.Left = 0;
        await AdvanceUntilAsync(time, async () => (await app.RowsAsync()).Count > 0);
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Func<Task<bool>> isSo)
    {
        for (var i = 0; !await isSo(); i++)
        {
            Assert.True(i < 600, "It is not so after ten minutes.");
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
    }

    /// <summary>A mistake that nobody has thought of, so often, where a call's row is to be saved.</summary>
    private sealed class Fault : SaveChangesInterceptor
    {
        public volatile int Left;

        /// <summary>The call whose row it is; null for all.</summary>
        public string? Only { get; init; }

        public int? SqliteCode { get; init; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData.Context!.ChangeTracker.Entries<CallRecord>().Any(row => Only is null || row.Entity.Id == Only) && Left-- > 0
                ? throw (SqliteCode is { } code ? new DbUpdateException("It does not fit.", new SqliteException("no", code)) : new InvalidOperationException("Nobody has thought of this."))
                : base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}
