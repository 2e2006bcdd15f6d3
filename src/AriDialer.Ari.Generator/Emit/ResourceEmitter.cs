namespace AriDialer.Ari.Generator;

/// <summary>Writes one resource: a class with an async method an operation.</summary>
internal static class ResourceEmitter
{
    public static string Write(ResourceDescription resource)
    {
        var name = Naming.Pascal(resource.Name);
        var code = new CodeWriter("AriDialer.Ari.Resources", "System.Net.WebSockets", "AriDialer.Ari.Models");
        DocWriter.Summary(code, $"Asterisk's <c>/{resource.Name}</c>. Each method is one request, and fails with <see cref=\"AriException\"/>.");
        code.Open($"public sealed class {name}Resource");
        code.Line("private readonly AriConnection _connection;");
        code.Line();
        code.Line($"internal {name}Resource(AriConnection connection) => _connection = connection;");
        foreach (var path in resource.Apis)
        {
            foreach (var operation in path.Operations)
            {
                code.Line();
                WriteDocumentation(code, path, operation);
                WriteMethod(code, path, operation);
            }
        }

        code.Close();
        return code.ToString();
    }

    private static IEnumerable<ParameterDescription> Ordered(OperationDescription operation) =>
        operation.Parameters.OrderBy(parameter => parameter.IsRequired ? 0 : 1);

    private static void WriteDocumentation(CodeWriter code, PathDescription path, OperationDescription operation)
    {
        DocWriter.Summary(code, DocWriter.Sentence(operation.Summary));
        foreach (var parameter in Ordered(operation))
            DocWriter.Element(code, $"param name=\"{Naming.Camel(parameter.Name)}\"", "param", Phrases.Parameter(operation, parameter));
        DocWriter.Element(code, "param name=\"cancellationToken\"", "param", "Gives the request up.");

        var errors = operation.ErrorResponses.Select(error => $"{error.Code}: {DocWriter.Sentence(error.Reason)}");
        DocWriter.Element(code, "exception cref=\"AriException\"", "exception", string.Join(' ', errors.Append("No status: a fault of the connection.")));

        var since = operation.Since.Count > 0 ? $" Since Asterisk {string.Join(", ", operation.Since)}." : "";
        string[] notes = [$"<c>{operation.HttpMethod} {path.Path}</c>.{since}", DocWriter.Sentence(operation.Notes), Phrases.Note(operation) ?? ""];
        DocWriter.Remarks(code, string.Join(' ', notes.Where(note => note.Length > 0)));
    }

    private static void WriteMethod(CodeWriter code, PathDescription path, OperationDescription operation)
    {
        var result = Naming.ResponseType(operation.ResponseClass);
        var returns = operation.Upgrade is not null ? "Task<WebSocket>" : result == "void" ? "Task" : $"Task<{result}>";
        var parameters = Ordered(operation).Select(Declaration).Append("CancellationToken cancellationToken = default");
        code.Line($"public {returns} {Naming.Pascal(operation.Nickname)}Async(");
        code.Line($"    {string.Join(",\n        ", parameters)}) =>");

        var request = $"AriRequest.{Method(operation)}({PathExpression(path, operation)}){string.Concat(operation.Parameters.Select(Part))}";
        var send = (operation.Upgrade, result) switch
        {
            ("websocket", _) => $"_connection.OpenWebSocketAsync({request}, cancellationToken)",
            (_, "void") => $"_connection.SendAsync({request}, cancellationToken)",
            (_, "Stream") => $"_connection.DownloadAsync({request}, cancellationToken)",
            _ => $"_connection.SendAsync({request}, AriJson.Default.{JsonContextEmitter.TypeInfoName(result)}, cancellationToken)",
        };
        code.Line($"    {send};");
    }

    private static string Method(OperationDescription operation) => operation.HttpMethod[..1] + operation.HttpMethod[1..].ToLowerInvariant();

    private static string PathExpression(PathDescription path, OperationDescription operation)
    {
        var inPath = operation.Parameters.Where(parameter => parameter.ParamType == "path").ToList();
        var text = inPath.Aggregate(path.Path, (text, parameter) =>
            text.Replace($"{{{parameter.Name}}}", $"{{AriRequest.Segment({Naming.Camel(parameter.Name)})}}"));
        return (inPath.Count > 0 ? "$" : "") + $"\"{text}\"";
    }

    private static string Declaration(ParameterDescription parameter)
    {
        var type = parameter.ParamType == "body" ? BodyType(parameter) : Naming.ParameterType(parameter);
        var name = Naming.Camel(parameter.Name);
        return parameter.IsRequired ? $"{type} {name}" : $"{type}? {name} = null";
    }

    // The bodies have no types in the description, only prose.
    private static string BodyType(ParameterDescription parameter) => parameter switch
    {
        { Name: "filter" } => "EventFilter",
        { Name: "fields" } => "IReadOnlyCollection<ConfigTuple>",
        { Description: { } text } when text.Contains("report_events", StringComparison.Ordinal) => "IReadOnlyDictionary<string, AriVariable>",
        { Name: "variables" } => "IReadOnlyDictionary<string, string>",
        _ => throw new NotSupportedException($"The body {parameter.Name} is new: say here which type it takes."),
    };

    private static string Part(ParameterDescription parameter) => parameter.ParamType switch
    {
        "query" => $"\n            .Query(\"{parameter.Name}\", {Naming.Camel(parameter.Name)})",
        "body" => $"\n            .Body({Naming.Camel(parameter.Name)})",
        _ => "",
    };
}
