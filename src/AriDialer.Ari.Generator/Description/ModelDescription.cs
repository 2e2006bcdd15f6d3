using System.Text.Json;

namespace AriDialer.Ari.Generator;

/// <summary>One type of the description.</summary>
public sealed record ModelDescription
{
    /// <summary>Its name.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it is.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its fields by name.</summary>
    public IReadOnlyDictionary<string, PropertyDescription> Properties { get; init; } = new Dictionary<string, PropertyDescription>();

    /// <summary>The types that carry its fields too.</summary>
    public IReadOnlyList<string> SubTypes { get; init; } = [];

    /// <summary>Message and Event are what all events share, and become one base class.</summary>
    public bool IsEventBase => SubTypes.Count > 0;
}

/// <summary>One field of a type.</summary>
public sealed record PropertyDescription
{
    /// <summary>Its type in the description's words.</summary>
    public string Type { get; init; } = "";

    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>Whether Asterisk always sends it.</summary>
    public bool Required { get; init; }

    /// <summary>The values that are documented.</summary>
    public AllowableValues? AllowableValues { get; init; }
}

/// <summary>One parameter of an operation.</summary>
public sealed record ParameterDescription
{
    /// <summary>Its name on the wire.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>path, query or body.</summary>
    public string ParamType { get; init; } = "";

    /// <summary>Whether it must be given; a part of the path always must.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it takes a comma separated list.</summary>
    public bool AllowMultiple { get; init; }

    /// <summary>Its type in the description's words.</summary>
    public string DataType { get; init; } = "";

    /// <summary>What Asterisk assumes when it is not given.</summary>
    public JsonElement? DefaultValue { get; init; }

    /// <summary>The values that are documented.</summary>
    public AllowableValues? AllowableValues { get; init; }

    /// <summary>Whether a caller has to give it.</summary>
    public bool IsRequired => Required || ParamType == "path";
}

/// <summary>A list or a range of values.</summary>
public sealed record AllowableValues
{
    /// <summary>LIST or RANGE.</summary>
    public string ValueType { get; init; } = "";

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least of a range.</summary>
    public long? Min { get; init; }

    /// <summary>The most of a range.</summary>
    public long? Max { get; init; }
}
