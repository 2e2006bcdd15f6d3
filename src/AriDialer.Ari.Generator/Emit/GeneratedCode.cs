namespace AriDialer.Ari.Generator;

/// <summary>The whole of the generated code: file names (relative to the target directory) and their texts.</summary>
public static class GeneratedCode
{
    /// <summary>Writes all files in memory.</summary>
    public static IReadOnlyDictionary<string, string> Write(ApiDescription description)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var events = description.EventIds;
        var models = new ModelEmitter(description);

        foreach (var resource in description.Resources.Where(resource => resource.Apis.Count > 0))
            files.Add($"Resources/{Naming.Pascal(resource.Name)}Resource.g.cs", ResourceEmitter.Write(resource));
        foreach (var model in description.Models.Where(model => !model.IsEventBase))
        {
            var folder = events.Contains(model.Id) ? "Events" : "Models";
            files.Add($"{folder}/{model.Id}.g.cs", models.Write(model));
        }

        files.Add("Events/AriEvent.g.cs", models.WriteEventBase());
        files.Add("AriClient.g.cs", ClientEmitter.Write(description));
        files.Add("AriJson.g.cs", JsonContextEmitter.Write(description));
        files.Add("Events/EventParser.g.cs", JsonContextEmitter.WriteParser(description));
        return files;
    }

    /// <summary>Where the generated code is checked in, found from the solution's root.</summary>
    public static string CheckedInDirectory()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AriDialer.sln")))
            directory = directory.Parent;
        return directory is null
            ? throw new DirectoryNotFoundException("AriDialer.sln is not above this program: name the target directory as an argument.")
            : Path.Combine(directory.FullName, "src", "AriDialer.Ari", "Generated");
    }
}
