using AriDialer.Ari.Generator;
using AriDialer.Ari.Resources;

namespace AriDialer.Ari.Tests.Generation;

public sealed class GeneratedCodeTests
{
    private static readonly ApiDescription Description = ApiDescription.Read();

    [Fact]
    public void CheckedInCode_ComparedWithDescription_IsTheSame()
    {
        var directory = GeneratedCode.CheckedInDirectory();
        var written = GeneratedCode.Write(Description);
        var checkedIn = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(directory, file).Replace('\\', '/'), File.ReadAllText);

        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), checkedIn.Keys.Order(StringComparer.Ordinal));
        Assert.All(written, file => Assert.Equal(file.Value, checkedIn[file.Key]));
    }

    [Fact]
    public void Operations_OfTheDescription_AreAllMethods()
    {
        var operations = Description.Resources.Sum(resource => resource.Apis.Sum(path => path.Operations.Count));
        var methods = typeof(ChannelsResource).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ChannelsResource).Namespace && type.IsPublic)
            .Sum(type => type.GetMethods().Count(method => method.Name.EndsWith("Async", StringComparison.Ordinal)));

        Assert.Equal(109, operations);
        Assert.Equal(operations, methods);
    }

    [Fact]
    public void Events_OfTheDescription_AreAllTypes()
    {
        // 43 that Asterisk tells of by itself, the two of the broadcast module, and the complaint about a socket's parameters.
        Assert.Equal(46, Description.EventIds.Count);
        Assert.Equal(43, Description.EventIds.Except(["CallBroadcast", "CallClaimed", "MissingParams"]).Count());
        Assert.All(Description.EventIds, id =>
            Assert.True(typeof(Ari.Events.AriEvent).IsAssignableFrom(typeof(AriClient).Assembly.GetType($"AriDialer.Ari.Events.{id}"))));
    }

    [Fact]
    public void Operations_WithDocumentedErrors_NameThemInTheDocumentation()
    {
        var written = GeneratedCode.Write(Description);
        Assert.All(Description.Resources.Where(resource => resource.Apis.Count > 0), resource =>
        {
            var text = written[$"Resources/{char.ToUpperInvariant(resource.Name[0])}{resource.Name[1..]}Resource.g.cs"];
            foreach (var error in resource.Apis.SelectMany(path => path.Operations).SelectMany(operation => operation.ErrorResponses))
                Assert.Contains($"{error.Code}: ", text);
        });
    }
}
