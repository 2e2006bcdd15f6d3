using System.Text.RegularExpressions;
using AriDialer.Testing;
using YamlDotNet.RepresentationModel;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>docker-compose.yml and the Dockerfiles, read against what the repository really has.</summary>
public sealed partial class ComposeTests
{
    private static readonly YamlMappingNode Compose = Load();
    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.File("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    private static readonly string Scripts = string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.File("asterisk-config")).Where(f => !f.EndsWith("Dockerfile", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    public static TheoryData<string> Services => new(Service.Names);

    [Theory]
    [MemberData(nameof(Services))]
    public void Compose_Build_NamesAFolderWithItsDockerfile(string service)
    {
        var build = (YamlMappingNode)Service.Named(service)["build"];
        var context = Text(build["context"]);
        var dockerfile = build.Children.TryGetValue("dockerfile", out var named) ? Text(named) : "Dockerfile";
        Assert.True(File.Exists(RepositoryRoot.File(context, dockerfile)), $"{service}: {context}/{dockerfile} is not there.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Compose_EachVariable_IsReadBySomething(string service)
    {
        foreach (var name in Service.Environment(service).Keys)
            Assert.True(IsRead(service, name), $"{service}: nobody reads {name}.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Compose_EachVolume_IsDeclaredThereAndInTheImage(string service)
    {
        var declared = ((YamlMappingNode)Compose["volumes"]).Children.Keys.Select(Text).ToList();
        foreach (var volume in ((YamlSequenceNode)Service.Named(service)["volumes"]).Select(Text))
        {
            var parts = volume.Split(':');
            Assert.Contains(parts[0], declared);
            if (parts.Length == 2)
                Assert.Contains($"\"{parts[1]}\"", Service.Dockerfile(service), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Compose_Ports_AreTheSameOnBothSidesAndTheDefaultsOfRun()
    {
        var asterisk = Service.Environment("asterisk");
        var web = Service.Environment("web");
        var options = File.ReadAllText(RepositoryRoot.File("scripts", "options.sh"));
        var first = int.Parse(PortBase().Match(options).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal($"{first}", asterisk["ARIDIALER_SIP_PORT"]);
        Assert.Equal($"http://127.0.0.1:{first + 20}", web["ASPNETCORE_URLS"]);
        Assert.Equal($"{first + 28}", asterisk["ARIDIALER_HTTP_PORT"]);
        Assert.Equal($"http://127.0.0.1:{first + 28}", web["Asterisk__Url"]);
        Assert.Contains($"{web["ASPNETCORE_URLS"]}/health/ready", Service.Dockerfile("web"), StringComparison.Ordinal);
        Assert.Contains("\"/health/ready\"", Sources, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_AsterisksHttp_ListensOnLoopbackOnly() =>
        Assert.Equal("127.0.0.1", Service.Environment("asterisk")["ARIDIALER_HTTP_BIND"]);

    [Fact]
    public void Compose_TheSecretOfAri_IsTheSameFileForBothAndReadOnlyForTheWebApp()
    {
        Assert.Equal(Service.Environment("asterisk")["ARIDIALER_ARI_PASSWORD_FILE"], Service.Environment("web")["Asterisk__PasswordFile"]);
        Assert.Contains("secrets:/secrets:ro", ((YamlSequenceNode)Service.Named("web")["volumes"]).Select(Text));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Dockerfile_EachPathItCopies_IsThere(string service)
    {
        var context = Text(((YamlMappingNode)Service.Named(service)["build"])["context"]);
        foreach (Match copy in Copy().Matches(Service.Dockerfile(service)))
        {
            foreach (var source in copy.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Assert.True(Path.Exists(RepositoryRoot.File(context, source)), $"{service}: {source} is not there.");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Dockerfile_Image_DoesNotRunAsRootAndSaysWhetherItIsHealthy(string service)
    {
        Assert.Matches(@"(?m)^USER [1-9]\d*:[1-9]\d*$", Service.Dockerfile(service));
        Assert.Matches(@"(?m)^HEALTHCHECK ", Service.Dockerfile(service));
    }

    [Fact]
    public void Dockerfile_OfAsterisk_InstallsWhatRunInstallsAndStartsScriptsThatAreThere()
    {
        var dockerfile = Service.Dockerfile("asterisk");
        var root = File.ReadAllText(RepositoryRoot.File("scripts", "asterisk-root.sh"));
        foreach (var package in Packages().Match(root).Groups[1].Value.Split(','))
            Assert.Contains($" {package}", dockerfile, StringComparison.Ordinal);
        Assert.Contains($" ge {Oldest().Match(root).Groups[1].Value}", dockerfile, StringComparison.Ordinal);
        foreach (Match script in OwnScript().Matches(dockerfile))
            Assert.True(File.Exists(RepositoryRoot.File("asterisk-config", script.Groups[1].Value)), script.Value);
    }

    [Fact]
    public void Dockerfile_OfTheWebApp_InstallsWhatRunInstalls()
    {
        var packages = NeededAlways().Match(File.ReadAllText(RepositoryRoot.File("run"))).Groups[1].Value.Split(' ');
        Assert.Contains("ffmpeg", packages);
        Assert.Contains("libpocketsphinx3", packages);
        Assert.Contains("pocketsphinx-en-us", packages);
        // The image that it stands on has the certificates.
        foreach (var package in packages.Except(["ca-certificates"]))
            Assert.Contains($" {package} ", Service.Dockerfile("web"), StringComparison.Ordinal);
    }

    private static bool IsRead(string service, string name)
    {
        if (name == "ASPNETCORE_URLS")
            return true;
        if (service == "asterisk")
            return Scripts.Contains($"${{{name}", StringComparison.Ordinal);
        // Section__Key is a property of that section's options, or is asked for by name.
        var parts = name.Split("__");
        return parts.Length == 1
            ? Sources.Contains($"\"{name}\"", StringComparison.Ordinal)
            : Sources.Contains($"\"{parts[0]}\"", StringComparison.Ordinal) &&
              Regex.IsMatch(Sources, $@"public [\w?]+ {parts[1]} {{ get;|\[""{parts[1]}""\]");
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Load()
    {
        using var reader = File.OpenText(RepositoryRoot.File("docker-compose.yml"));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"port_base=(\d+)")]
    private static partial Regex PortBase();

    [GeneratedRegex(@"(?m)^COPY (?!--from)(.+) \S+$")]
    private static partial Regex Copy();

    [GeneratedRegex(@"(?m)^  need_packages (.+)$")]
    private static partial Regex NeededAlways();

    [GeneratedRegex(@"asterisk_packages=(\S+)")]
    private static partial Regex Packages();

    [GeneratedRegex(@"oldest_asterisk=(\S+)")]
    private static partial Regex Oldest();

    [GeneratedRegex(@"/opt/aridialer/([a-z-]+)")]
    private static partial Regex OwnScript();

    private static class Service
    {
        internal static IEnumerable<string> Names => ((YamlMappingNode)Compose["services"]).Children.Keys.Select(Text);

        internal static YamlMappingNode Named(string service) => (YamlMappingNode)Compose["services"][service];

        internal static Dictionary<string, string> Environment(string service) =>
            ((YamlMappingNode)Named(service)["environment"]).Children.ToDictionary(e => Text(e.Key), e => Text(e.Value));

        internal static string Dockerfile(string service) => File.ReadAllText(
            service == "asterisk"
                ? RepositoryRoot.File("asterisk-config", "Dockerfile")
                : RepositoryRoot.File("src", "AriDialer.Web", "Dockerfile"));
    }
}
