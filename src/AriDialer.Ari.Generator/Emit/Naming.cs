namespace AriDialer.Ari.Generator;

/// <summary>Names of the description in C#'s spelling, and types of the description in C#'s types.</summary>
internal static class Naming
{
    // Declared "int" by the description, but unsigned 32-bit numbers or counters without an end in Asterisk.
    private static readonly HashSet<string> WideModels = ["RTPstat"];

    // Objects of names and values, which Asterisk writes as text; what is not text is kept as its JSON.
    private static readonly HashSet<string> VariableFields = ["channelvars", "bridgevars", "variables"];

    public static string Pascal(string name) => string.Concat(name.Split('_').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal[1..];
    }

    /// <summary>A member cannot be called as its type is.</summary>
    public static string Property(ModelDescription model, string field) =>
        Pascal(field) == model.Id ? "Values" : Pascal(field);

    public static string? ItemOfList(string type) => type.StartsWith("List[", StringComparison.Ordinal) ? type[5..^1] : null;

    public static string FieldType(ModelDescription model, string field, string type)
    {
        if (ItemOfList(type) is { } item)
            return $"IReadOnlyList<{FieldType(model, field, item)}>";
        return type switch
        {
            "string" => "string",
            "int" => WideModels.Contains(model.Id) ? "long" : "int",
            "long" => "long",
            "double" => "double",
            "boolean" => "bool",
            "Date" => "DateTimeOffset",
            "object" => VariableFields.Contains(field) ? "IReadOnlyDictionary<string, string>" : "JsonElement",
            _ => type,
        };
    }

    public static string ParameterType(ParameterDescription parameter) => parameter switch
    {
        { AllowMultiple: true } => "IEnumerable<string>",
        { DataType: "string" } => "string",
        { DataType: "int" } => "int",
        { DataType: "long" } => "long",
        { DataType: "boolean" } => "bool",
        _ => throw new NotSupportedException($"{parameter.Name}: {parameter.DataType}"),
    };

    public static string ResponseType(string type) => type switch
    {
        _ when ItemOfList(type) is { } item => $"IReadOnlyList<{item}>",
        "binary" => "Stream",
        _ => type,
    };
}
