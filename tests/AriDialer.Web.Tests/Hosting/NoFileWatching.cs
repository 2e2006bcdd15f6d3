using System.Runtime.CompilerServices;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>
/// Each app under test would watch its settings files with an inotify instance of its own, of which a user has 128 for all processes
/// together: enough apps at once, or another program that watches much, and the next one fails to start.
/// </summary>
internal static class NoFileWatching
{
    [ModuleInitializer]
    internal static void TurnOff()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
    }
}
