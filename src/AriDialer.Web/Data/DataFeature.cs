using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Data;

internal static class DataFeature
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UserChanges>();
        services.AddDbContextFactory<AppDbContext>((provider, options) => options
            .UseSqlite(ConnectionString(provider.GetRequiredService<IOptions<DataOptions>>().Value))
            .AddInterceptors(new SqlitePragmas(), provider.GetRequiredService<UserChanges>()));
        services.AddDataProtection().SetApplicationName("AriDialer");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, ILoggerFactory>((keys, data, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(data.Value.Keys, logs));
        return services;
    }

    /// <summary>Brings the database to this version's schema. Nothing else may start before.</summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        var data = services.GetRequiredService<IOptions<DataOptions>>().Value;
        Directory.CreateDirectory(data.Directory);
        await using var database = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

        // Migrating writes, though there be nothing to migrate: with a full disk the application would not start.
        if ((await database.Database.GetPendingMigrationsAsync()).Any())
            await database.Database.MigrateAsync();
    }

    private static string ConnectionString(DataOptions data) => new SqliteConnectionStringBuilder
    {
        DataSource = data.Database,
        // Also how long a command waits for a lock that another process holds.
        DefaultTimeout = 5,
    }.ToString();
}
