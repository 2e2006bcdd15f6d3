namespace AriDialer.Testing;

/// <summary>Where the repository lies: tests run the scripts and read the files that are shipped, not copies of them.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "AriDialer.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No AriDialer.sln above {AppContext.BaseDirectory}.");
    }
}
