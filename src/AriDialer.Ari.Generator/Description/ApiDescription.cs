using System.Text.Json;
using System.Text.Json.Serialization;

namespace AriDialer.Ari.Generator;

/// <summary>Asterisk's description of its REST interface: a file a resource, in Swagger 1.1 with Asterisk's own additions.</summary>
public sealed record ApiDescription(IReadOnlyList<ResourceDescription> Resources)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>All models of all resources, in the order of the files.</summary>
    public IEnumerable<ModelDescription> Models => Resources.SelectMany(resource => resource.Models.Values);

    /// <summary>The types that travel on the event socket: the subtypes of Message and Event, which are the base of all.</summary>
    public IReadOnlySet<string> EventIds
    {
        get
        {
            var bases = Models.Where(model => model.IsEventBase).ToList();
            return bases.SelectMany(model => model.SubTypes).Except(bases.Select(model => model.Id)).ToHashSet();
        }
    }

    /// <summary>Reads the description that is built into this assembly.</summary>
    public static ApiDescription Read()
    {
        var assembly = typeof(ApiDescription).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal) && name != "resources.json");
        return new ApiDescription([.. names.Order(StringComparer.Ordinal).Select(ReadResource)]);

        ResourceDescription ReadResource(string file)
        {
            using var stream = assembly.GetManifestResourceStream(file)!;
            var resource = JsonSerializer.Deserialize<ResourceDescription>(stream, Json)!;
            return resource with { Name = Path.GetFileNameWithoutExtension(file) };
        }
    }
}
