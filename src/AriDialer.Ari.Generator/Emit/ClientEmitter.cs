namespace AriDialer.Ari.Generator;

/// <summary>Writes the resources of the client.</summary>
internal static class ClientEmitter
{
    public static string Write(ApiDescription description)
    {
        var names = description.Resources.Where(resource => resource.Apis.Count > 0).Select(resource => (resource.Name, Type: Naming.Pascal(resource.Name))).ToList();
        var code = new CodeWriter("AriDialer.Ari", "AriDialer.Ari.Resources");
        code.Open("public sealed partial class AriClient");
        foreach (var (name, type) in names)
        {
            DocWriter.Summary(code, $"Asterisk's <c>/{name}</c>.");
            code.Line($"public {type}Resource {type} {{ get; }}");
            code.Line();
        }

        code.Open("private AriClient(AriConnection connection)");
        code.Line("_connection = connection;");
        foreach (var (_, type) in names)
            code.Line($"{type} = new {type}Resource(connection);");
        code.Close();
        code.Close();
        return code.ToString();
    }
}
