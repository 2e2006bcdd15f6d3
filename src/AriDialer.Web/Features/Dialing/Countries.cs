namespace AriDialer.Web.Features.Dialing;

/// <summary>The English names of the ISO 3166 regions: from a table, because the machine need not have any globalization data.</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string> Names = Read();

    /// <summary>The regions by name, for a choice in a form.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ByName { get; } =
        [.. Names.OrderBy(country => country.Value, StringComparer.Ordinal)];

    public static string? NameOf(string? region) => region is not null && Names.TryGetValue(region, out var name) ? name : null;

    public static bool Exists(string region) => Names.ContainsKey(region);

    private static Dictionary<string, string> Read()
    {
        using var table = typeof(Countries).Assembly.GetManifestResourceStream("countries.tsv")
            ?? throw new InvalidOperationException("The table of countries is not in the assembly.");
        using var reader = new StreamReader(table);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            names[columns[0]] = columns[1];
        }

        return names;
    }
}
