namespace AriDialer.Ari.Generator;

/// <summary>One file of the description.</summary>
public sealed record ResourceDescription
{
    /// <summary>The file's name without its ending: <c>channels</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The paths and what can be done with them.</summary>
    public IReadOnlyList<PathDescription> Apis { get; init; } = [];

    /// <summary>The types that this resource's operations speak of.</summary>
    public IReadOnlyDictionary<string, ModelDescription> Models { get; init; } = new Dictionary<string, ModelDescription>();
}

/// <summary>One path and its operations.</summary>
public sealed record PathDescription
{
    /// <summary>The path with its parameters in braces.</summary>
    public string Path { get; init; } = "";

    /// <summary>One operation a method.</summary>
    public IReadOnlyList<OperationDescription> Operations { get; init; } = [];
}

/// <summary>One request.</summary>
public sealed record OperationDescription
{
    /// <summary>GET, POST, PUT or DELETE.</summary>
    public string HttpMethod { get; init; } = "";

    /// <summary>The Asterisk versions that it first appeared in.</summary>
    public IReadOnlyList<string> Since { get; init; } = [];

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What else there is to know.</summary>
    public string? Notes { get; init; }

    /// <summary>Its name within its resource.</summary>
    public string Nickname { get; init; } = "";

    /// <summary>The type of its answer.</summary>
    public string ResponseClass { get; init; } = "";

    /// <summary>Set to <c>websocket</c> where the request opens one.</summary>
    public string? Upgrade { get; init; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>How it can fail.</summary>
    public IReadOnlyList<ErrorDescription> ErrorResponses { get; init; } = [];
}

/// <summary>One documented failure.</summary>
public sealed record ErrorDescription
{
    /// <summary>The HTTP status.</summary>
    public int Code { get; init; }

    /// <summary>What it means.</summary>
    public string Reason { get; init; } = "";
}
