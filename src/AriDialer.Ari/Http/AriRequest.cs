using System.Globalization;
using System.Text;

namespace AriDialer.Ari;

/// <summary>One request: what a generated method puts together and <see cref="AriConnection"/> sends.</summary>
internal sealed class AriRequest
{
    private StringBuilder? _query;

    private AriRequest(HttpMethod method, string path) => (Method, Path) = (method, path);

    public HttpMethod Method { get; }

    /// <summary>The path below <c>/ari</c>, escaped.</summary>
    public string Path { get; }

    public string QueryText => _query?.ToString() ?? "";

    public byte[]? Json { get; private set; }

    public static AriRequest Get(string path) => new(HttpMethod.Get, path);

    public static AriRequest Post(string path) => new(HttpMethod.Post, path);

    public static AriRequest Put(string path) => new(HttpMethod.Put, path);

    public static AriRequest Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>Escapes one part of a path. What would climb out of its place ("", ".", "..") is refused.</summary>
    public static string Segment(string value) => value is null or "" or "." or ".."
        ? throw new ArgumentException($"'{value}' cannot be part of a path.", nameof(value))
        : Uri.EscapeDataString(value);

    public AriRequest Query(string name, string? value)
    {
        if (value is null)
            return this;
        _query = (_query is null ? new StringBuilder("?") : _query.Append('&')).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public AriRequest Query(string name, long? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public AriRequest Query(string name, bool? value) => Query(name, value switch { true => "true", false => "false", null => null });

    public AriRequest Query(string name, IEnumerable<string>? values) => Query(name, values is null ? null : string.Join(',', values));

    public AriRequest Body(EventFilter? filter) => With(AriBody.Of(filter ?? new EventFilter()));

    public AriRequest Body(IReadOnlyCollection<Models.ConfigTuple>? fields) => With(fields is null ? null : AriBody.Of(fields));

    public AriRequest Body(IReadOnlyDictionary<string, AriVariable>? variables) => With(variables is null ? null : AriBody.Of(variables));

    public AriRequest Body(IReadOnlyDictionary<string, string>? variables) => With(variables is null ? null : AriBody.Of(variables));

    private AriRequest With(byte[]? json)
    {
        Json = json;
        return this;
    }
}
