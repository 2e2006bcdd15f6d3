using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>A folder for one test's data, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aridialer-web-test-").FullName;

    public void Dispose()
    {
        // Pooled connections keep the files open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
