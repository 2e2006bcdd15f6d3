using System.Text.RegularExpressions;

namespace AriDialer.Web.Tests.House;

/// <summary>Which folder may use which, and how large a file may grow: the rules that keep the house simple.</summary>
public sealed partial class HouseRulesTests
{
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("src/AriDialer.Ari", "AriDialer.Calls", "AriDialer.Web", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore")]
    [InlineData("src/AriDialer.Calls", "AriDialer.Web", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore")]
    public void Folder_UsesOnlyWhatStandsBelowIt(string folder, params string[] forbidden)
    {
        var offences =
            from file in SourceFiles(folder, "*.cs", "*.csproj")
            from line in File.ReadLines(file)
            from name in forbidden
            where UsesNamespace(line, name)
            select $"{Relative(file)}: {line.Trim()}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Calls_OnlyItsStasisMediaProvisioningVoicemailAndDemoFoldersSpeakAri()
    {
        string[] allowed = ["Stasis/", "Media/", "Provisioning/", "Demo/", "Voicemail/", "CallsServiceCollectionExtensions.cs"];
        var offences =
            from file in SourceFiles("src/AriDialer.Calls", "*.cs")
            let path = Relative(file)["src/AriDialer.Calls/".Length..]
            where !allowed.Any(place => path.StartsWith(place, StringComparison.Ordinal))
            from line in File.ReadLines(file)
            where UsesNamespace(line, "AriDialer.Ari")
            select $"{path}: {line.Trim()}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Web_NeverSendsAnAriRequestItself()
    {
        var offences =
            from file in SourceFiles("src/AriDialer.Web", "*.cs", "*.cshtml")
            from line in File.ReadLines(file)
            where line.Contains("AriClient", StringComparison.Ordinal) || line.Contains("AriEventSocket", StringComparison.Ordinal)
            select $"{Relative(file)}: {line.Trim()}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Call_KnowsNeitherClockNorLogNorTask()
    {
        var offences =
            from file in SourceFiles("src/AriDialer.Calls", "Call.cs", "Call.*.cs")
            from line in File.ReadLines(file)
            where line.Contains("TimeProvider", StringComparison.Ordinal) || line.Contains("ILogger", StringComparison.Ordinal)
                || line.Contains("await ", StringComparison.Ordinal) || line.Contains("lock (", StringComparison.Ordinal)
            select $"{Relative(file)}: {line.Trim()}";
        Assert.Empty(offences);
    }

    [Theory]
    [InlineData("sip.js", "phone/")]
    [InlineData("@microsoft/signalr", "hub/")]
    public void TypeScript_LibraryLivesInOneFolderOnly(string library, string folder)
    {
        var users = SourceFiles("wwwroot-assets", "*.ts")
            .Where(file => File.ReadLines(file).Any(line => line.Contains($"from \"{library}", StringComparison.Ordinal) || line.Contains($"from '{library}", StringComparison.Ordinal)))
            .Select(file => Relative(file)["wwwroot-assets/".Length..])
            .ToArray();
        Assert.NotEmpty(users);
        Assert.All(users, file => Assert.Contains(folder, file, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_StaySmall()
    {
        var sizes = new[] { "src", "tests", "wwwroot-assets" }
            .Where(folder => Directory.Exists(Path.Combine(Root, folder)))
            .SelectMany(folder => SourceFiles(folder, "*.cs", "*.ts", "*.cshtml"))
            .Select(file => (File: Relative(file), Lines: File.ReadLines(file).Count()))
            .OrderByDescending(size => size.Lines)
            .ToArray();
        Assert.DoesNotContain(sizes, size => size.Lines > 400);
        var large = sizes.Count(size => size.Lines > 220);
        Assert.True(large <= sizes.Length / 50 + 1, $"Of {sizes.Length} files, {large} have more than 220 lines: {string.Join(", ", sizes.Take(large))}");
    }

    private static bool UsesNamespace(string line, string name) =>
        NamespaceUse().Match(line) is { Success: true } match && (match.Groups[1].Value + ".").StartsWith(name + ".", StringComparison.Ordinal);

    // `using X.Y;`, `using static X.Y`, or a project or package reference.
    [GeneratedRegex("""^\s*(?:using (?:static )?|<(?:Package|Project|Framework)Reference Include="(?:[^"]*/)?)([A-Za-z.]+?)(?:\.csproj)?(?:;|")""")]
    private static partial Regex NamespaceUse();

    private static IEnumerable<string> SourceFiles(string folder, params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
        .Where(file => !GeneratedOrBuilt().IsMatch(Relative(file)));

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|dist|Generated|Migrations)/|\.g\.cs$")]
    private static partial Regex GeneratedOrBuilt();

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AriDialer.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository's root was not found above the test's folder.");
        }

        return folder.FullName;
    }
}
