using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using AriDialer.Ari.Generator;

namespace AriDialer.Ari.Tests.Packaging;

public sealed class PackageTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public void Assembly_References_AreTheFrameworkAndItsExtensionsOnly()
    {
        var references = typeof(AriClient).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.All(references, name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task Pack_Project_GivesPackageThatStandsAlone()
    {
        var project = Path.GetFullPath(Path.Combine(GeneratedCode.CheckedInDirectory(), "..", "AriDialer.Ari.csproj"));
        var output = Directory.CreateTempSubdirectory("aridialer-pack-");
        try
        {
            await PackAsync(project, output.FullName);
            var file = Assert.Single(output.GetFiles("AriDialer.Ari.*.nupkg"));
            using var package = ZipFile.OpenRead(file.FullName);

            Assert.NotNull(package.GetEntry("README.md"));
            Assert.NotNull(package.GetEntry("lib/net10.0/AriDialer.Ari.dll"));
            Assert.NotNull(package.GetEntry("lib/net10.0/AriDialer.Ari.xml"));
            Assert.DoesNotContain(package.Entries, entry => entry.Name.EndsWith(".json", StringComparison.Ordinal));

            using var stream = package.GetEntry("AriDialer.Ari.nuspec")!.Open();
            var nuspec = XDocument.Load(stream);
            Assert.Equal("MIT", Element(nuspec, "license").Value);
            Assert.Equal("README.md", Element(nuspec, "readme").Value);
            var dependencies = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
            Assert.All(dependencies, id => Assert.StartsWith("Microsoft.Extensions.", id));
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static XElement Element(XDocument nuspec, string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name);

    // Without building: the tests' own build has made the assembly, and this must not meddle with it.
    private static async Task PackAsync(string project, string output)
    {
        using var pack = Process.Start(new ProcessStartInfo("dotnet", ["pack", project, "--no-build", "-c", Configuration, "-o", output, "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await pack.StandardOutput.ReadToEndAsync() + await pack.StandardError.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, said);
    }
}
